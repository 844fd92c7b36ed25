import { defineProposalJob } from './define-job'

/** After the close: every power known, recount, result row, once. */
export const finalizeProposal = defineProposalJob('finalize-proposal')
