import { refuse } from '../../core/errors'
import { proposalId } from '../../core/messages/proposal-id'
import type { HexString } from '../../core/views/hex-string'
import { findFlagCode } from '../../db/proposal/find-flag-code'
import { basisOf, getMessageProposal, getMessageSpace, type KnownSpace } from '../find-subject'
import type { Rule } from '../rule'

/** Warns of a proposal, by an admin or moderator of its space: lists leave it out, and its page says so. */
export const flagProposal: Rule = async (ctx, message) => {
  const proposal = await getMessageProposal(ctx, message, proposalId.parse(message.message.proposal))
  if (proposal.isHidden) refuse('unknown proposal')
  return {
    chainId: proposal.snapshot.chainId,
    async check() {
      const space = await getMessageSpace(ctx, message)
      if ((await findFlagCode(ctx.db, proposal.id)) !== 0) refuse('proposal already flagged')
      const as = roleOf(message.from, space) ?? refuse('not authorized to flag proposal')
      return {
        basis: { settingsId: space.settingsId, proposal: basisOf(proposal) },
        effect: { type: 'flag-proposal', proposal: proposal.id, as },
        jobs: [],
      }
    },
  }
}

function roleOf(who: HexString, { settings }: KnownSpace) {
  if (settings.admins?.includes(who)) return 'admin'
  return settings.moderators?.includes(who) ? 'moderator' : undefined
}
