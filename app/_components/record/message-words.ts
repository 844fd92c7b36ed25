/** What a message of the log is, as a noun. */
export function messageNoun(kind: string): string {
  return nouns[kind] ?? 'Message'
}

const nouns: Readonly<Record<string, string>> = {
  vote: 'Vote',
  'vote-array': 'Vote',
  'vote-string': 'Vote',
  proposal: 'Proposal',
  'update-proposal': 'Edit of a proposal',
  'delete-proposal': 'Withdrawal of a proposal',
  settings: 'Space settings',
}
