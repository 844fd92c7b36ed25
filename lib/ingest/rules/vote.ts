import { AppError, refuse } from '../../core/errors'
import { parseVote } from '../../core/messages/vote'
import { phaseAt } from '../../core/proposal/phase-at'
import { getVotingSystem } from '../../core/voting/registry'
import { measurePending } from '../../jobs/definitions/measure-pending'
import { weighSoon } from '../../jobs/definitions/measure-provisional'
import { unixSeconds } from '../../platform/clock'
import { dependsOnBallots } from '../../services/power/depends-on-ballots'
import { checkCountable } from '../execution/check-countable'
import { basisOf, getMessageProposal } from '../find-subject'
import type { Rule } from '../rule'
import { checkVoter } from '../steps/check-voter'
import { measureVoter } from '../steps/measure-voter'

/** A ballot: while the proposal is open, for a choice that there is, by somebody who has power or may have. */
export const vote: Rule = async (ctx, message) => {
  const { kind } = message
  if (kind !== 'vote' && kind !== 'vote-array' && kind !== 'vote-string') {
    throw new AppError('fault', { message: `${kind} is no vote` })
  }
  const payload = parseVote(message.message, kind)
  const proposal = await getMessageProposal(ctx, message, payload.proposal)

  return {
    chainId: proposal.snapshot.chainId,
    async check(signed) {
      const nowMs = ctx.clock.now()
      const moments = [message.timestamp, unixSeconds(ctx.clock)]
      if (moments.some((moment) => phaseAt(proposal, moment) !== 'active')) refuse('not in voting window')
      if (proposal.moduleChainId !== null) checkCountable(message, proposal, proposal.moduleChainId)
      const choice = getVotingSystem(proposal.type)
        .choiceSchema(proposal.choices.length)
        .safeParse(payload.choice)
      if (!choice.success) return refuse('invalid choice')

      await checkVoter(ctx, proposal, message.from)
      const power = await measureVoter(ctx, proposal, message.from)
      // Who else votes can only take from it.
      if (power?.total === 0n) refuse('no voting power')
      const depends = dependsOnBallots(proposal.strategies)
      return {
        basis: { proposal: basisOf(proposal) },
        effect: {
          type: 'cast-ballot',
          proposal: proposal.id,
          choice: choice.data,
          reason: payload.reason,
          app: payload.app,
          metadata: payload.metadata,
          powerByStrategy: power?.byStrategy ?? null,
          provisional: depends && power !== undefined,
          // A module takes the voter's own key alone.
          countable: proposal.moduleChainId === null || (signed.method === 'ecdsa' && !signed.byAlias),
        },
        jobs: [
          ...(power ? [] : [measurePending.at(new Date(nowMs), { proposal: proposal.id })]),
          ...(depends ? [weighSoon(nowMs, proposal.id)] : []),
        ],
      }
    },
  }
}
