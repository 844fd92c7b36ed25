import { refuse } from '../../core/errors'
import { parseUpdateProposal } from '../../core/messages/update-proposal'
import { spaceVoting } from '../../core/proposal/space-voting'
import { unixSeconds } from '../../platform/clock'
import { hasBlockedLink } from '../../services/moderation/has-blocked-link'
import { readBlocklist } from '../../services/moderation/read-blocklist'
import { readLimits } from '../../services/options/read-limits'
import { settingsUnder } from '../../services/space/settings-under'
import { asksForExecution } from '../execution/check-execution'
import { basisOf, getMessageProposal, getMessageSpace } from '../find-subject'
import type { Rule } from '../rule'
import { checkNewer } from './check-newer'
import { checkLength, checkPrivacy, freezeText, hasFittingChoices } from './check-text'

/** A new text for a proposal that has not started, by its author. Times, block, strategies and quorum stay. */
export const updateProposal: Rule = async (ctx, message) => {
  const payload = parseUpdateProposal(message.message)
  const proposal = await getMessageProposal(ctx, message, payload.proposal)
  return {
    chainId: proposal.snapshot.chainId,
    async check() {
      const space = await getMessageSpace(ctx, message)
      if (proposal.start <= unixSeconds(ctx.clock)) refuse('proposal already started')
      if (!hasFittingChoices(payload)) refuse(`wrong choices for "${payload.type}" type voting`)
      if (message.from !== proposal.author) refuse('Not the author')
      await checkNewer(ctx, message, { inForce: proposal.definedBy, what: 'proposal' })
      if (proposal.hasExecution || asksForExecution(payload.plugins)) {
        refuse('A proposal with an execution cannot be edited: delete it and make a new one.')
      }
      checkPrivacy(payload, space)
      const required = space.settings.voting?.type
      if (required && required !== payload.type) refuse('space voting type mismatch')
      checkLength(payload, await readLimits(ctx, { space }))
      const voting = spaceVoting(await settingsUnder(ctx, proposal.settingsId))
      return {
        basis: { settingsId: space.settingsId, proposal: basisOf(proposal) },
        effect: {
          type: 'edit-proposal',
          proposal: proposal.id,
          // What the space asked for when it was made, whatever it asks for now.
          text: freezeText(payload, voting),
          flagCode: hasBlockedLink(await readBlocklist(ctx), payload.body) ? 1 : 0,
        },
        jobs: [],
      }
    },
  }
}
