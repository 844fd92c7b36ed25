import { finalizeProposal as finalize } from '../../services/proposal/finalize-proposal'
import { finalizeProposal } from '../definitions/finalize-proposal'
import { settleProposal } from '../definitions/settle-proposal'
import { writeBundle } from '../definitions/write-bundle'
import { bindJob } from '../job'

const secondMs = 1_000

export const finalizeProposalJob = bindJob(finalizeProposal, async (ctx, { proposal }) => {
  const isFinal = await finalize(ctx, proposal)
  const now = ctx.clock.now()
  return isFinal
    ? [settleProposal.at(new Date(now), { proposal }), writeBundle.at(new Date(now), { proposal })]
    : [finalizeProposal.at(new Date(now + secondMs), { proposal })]
})
