import { pinSnapshot } from '../../services/proposal/pin-snapshot'
import { openProposal } from '../definitions/open-proposal'
import { bindJob } from '../job'

export const openProposalJob = bindJob(openProposal, async (ctx, { proposal }) => {
  await pinSnapshot(ctx, proposal)
  return []
})
