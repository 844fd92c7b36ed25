import type { MessageKind } from '../../../lib/core/messages/definitions'

/** What a message of the log is, as a noun. */
export function messageNoun(kind: string): string {
  return (nouns as Readonly<Record<string, string | undefined>>)[kind] ?? 'Message'
}

const nouns: Readonly<Record<MessageKind, string>> = {
  vote: 'Vote',
  'vote-array': 'Vote',
  'vote-string': 'Vote',
  proposal: 'Proposal',
  'update-proposal': 'Edit of a proposal',
  'delete-proposal': 'Withdrawal of a proposal',
  'flag-proposal': 'Flag on a proposal',
  settings: 'Space settings',
  'delete-space': 'Space deletion',
  follow: 'Follow',
  unfollow: 'Unfollow',
  subscribe: 'Subscription to notifications',
  unsubscribe: 'End of the notifications',
  profile: 'Profile',
  statement: 'Statement as a delegate',
  alias: 'Permission for a key to sign',
  'revoke-alias': 'End of a key’s permission to sign',
}
