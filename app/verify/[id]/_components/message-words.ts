import type { ResolvedMessage } from '../../../../lib/core/messages/resolve-message'
import { parseVote } from '../../../../lib/core/messages/vote'
import type { ProposalView } from '../../../../lib/core/views/proposal-view'
import { getVotingSystem } from '../../../../lib/core/voting/registry'

/** A proposal's options, by which a ballot's numbers become words. */
export type Options = Pick<ProposalView, 'type' | 'choices'> | null

/** What a message did, as a heading; `who` is its author's name here. */
export function messageTitle(
  { kind, message, space }: ResolvedMessage,
  who: string,
  options: Options,
): string {
  switch (kind) {
    case 'vote':
    case 'vote-array':
    case 'vote-string':
      return `${who} voted ${ballotWords({ kind, message }, options)}`
    case 'proposal':
      return `${who} proposed “${message.title}”`
    case 'update-proposal':
      return `${who} edited “${message.title}”`
    case 'delete-proposal':
      return `${who} withdrew a proposal`
    case 'settings':
      return `${who} set the settings of ${space}`
    case 'delete-space':
      return `${who} deleted the space ${space}`
    case 'flag-proposal':
      return `${who} flagged a proposal as spam`
    case 'follow':
      return `${who} followed ${space}`
    case 'unfollow':
      return `${who} stopped following ${space}`
    case 'subscribe':
      return `${who} subscribed to ${space}`
    case 'unsubscribe':
      return `${who} unsubscribed from ${space}`
    case 'alias':
      return `${who} let the key ${message.alias} sign`
    case 'revoke-alias':
      return `${who} ended the right of the key ${message.alias} to sign`
    case 'profile':
      return `${who} set a profile`
    case 'statement':
      return `${who} made a statement in ${space}`
  }
}

/** A ballot's choice in words, or as it was signed where the words are not known. */
export function ballotWords(
  { kind, message }: Pick<ResolvedMessage, 'kind' | 'message'>,
  options: Options,
): string {
  try {
    const { choice } = parseVote(message, kind as 'vote')
    if (!options) return JSON.stringify(choice)
    const system = getVotingSystem(options.type)
    const known = system.choiceSchema(options.choices.length).parse(choice)
    return system.describeChoice(known, options.choices) || 'for none of the options'
  } catch {
    return JSON.stringify(message.choice)
  }
}
