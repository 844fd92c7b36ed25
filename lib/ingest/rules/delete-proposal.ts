import { refuse } from '../../core/errors'
import { parseCancel } from '../../core/messages/delete-proposal'
import type { HexString } from '../../core/views/hex-string'
import { settleProposal } from '../../jobs/definitions/settle-proposal'
import { unixSeconds } from '../../platform/clock'
import { basisOf, getMessageProposal, getMessageSpace, type KnownSpace } from '../find-subject'
import type { KnownProposal } from '../proposal-cache'
import type { Rule } from '../rule'

/**
 * Withdraws a proposal while it has not ended: by its author, or an admin or moderator of its space. What these hid can
 * still be withdrawn by its author where a module goes on with it. Nothing is erased, and a finished vote stays where
 * everybody can see it.
 */
export const deleteProposal: Rule = async (ctx, message) => {
  const proposal = await getMessageProposal(ctx, message, parseCancel(message.message).proposal)
  return {
    chainId: proposal.snapshot.chainId,
    async check() {
      const space = await getMessageSpace(ctx, message)
      const as = roleOf(message.from, proposal, space) ?? refuse('not authorized to archive proposal')
      if (proposal.end < unixSeconds(ctx.clock)) {
        refuse('not authorized to archive proposal: its voting has ended')
      }
      if (proposal.isHidden && as !== 'author') refuse('unknown proposal')
      return {
        basis: { settingsId: space.settingsId, proposal: basisOf(proposal) },
        effect: { type: 'hide-proposal', proposal: proposal.id, as },
        // A module must hear of it before the vote ends.
        jobs: [settleProposal.at(new Date(ctx.clock.now()), { proposal: proposal.id })],
      }
    },
  }
}

function roleOf(who: HexString, { author }: KnownProposal, { settings }: KnownSpace) {
  if (who === author) return 'author'
  if (settings.admins?.includes(who)) return 'admin'
  return settings.moderators?.includes(who) ? 'moderator' : undefined
}
