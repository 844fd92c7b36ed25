import { closeProposal as close } from '../../services/proposal/close-proposal'
import { closeProposal } from '../definitions/close-proposal'
import { finalizeProposal } from '../definitions/finalize-proposal'
import { bindJob } from '../job'

const secondMs = 1_000

export const closeProposalJob = bindJob(closeProposal, async (ctx, { proposal }) => {
  const isClosed = await close(ctx, proposal)
  const now = ctx.clock.now()
  return isClosed
    ? [finalizeProposal.at(new Date(now), { proposal })]
    : // Postgres's clock, which started this job, is ahead of ours.
      [closeProposal.at(new Date(now + secondMs), { proposal })]
})
