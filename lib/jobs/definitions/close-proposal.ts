import { defineProposalJob } from './define-job'

/** One second after `end`: no ballot can be appended from then on. */
export const closeProposal = defineProposalJob('close-proposal')
