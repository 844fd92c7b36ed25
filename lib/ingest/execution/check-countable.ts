import { refuse } from '../../core/errors'
import type { ResolvedMessage } from '../../core/messages/resolve-message'
import { ballotVariantOf, voteTypeText } from '../../core/settlement/ballot-variant'
import type { KnownProposal } from '../proposal-cache'

/**
 * Refuses a vote whose digest a tally module on chain `chainId` cannot rebuild, so that its count and this server's never
 * differ. Whose signature it is decides later.
 */
export function checkCountable(
  { definition, domain, message }: ResolvedMessage,
  { id, space }: KnownProposal,
  chainId: number,
): void {
  if (ballotVariantOf(definition, domain, chainId) === undefined) {
    refuse(
      `A module counts this proposal, and it cannot read a vote signed in this form: sign ${voteTypeText(0)} under the domain snapshot 0.1.4, without a chain id or with ${chainId}.`,
    )
  }
  // A module proposal's space is lower case, or it would not have been taken.
  if (message.space !== space) {
    refuse(`The vote names the space "${message.space}"; its module takes "${space}", letter for letter.`)
  }
  if (message.proposal !== id) {
    refuse(`The vote names the proposal "${message.proposal}"; its module takes ${id}, letter for letter.`)
  }
}
