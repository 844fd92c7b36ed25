import { defineProposalJob } from './define-job'

/** At `start`: pins the snapshot block's hash once more, before the first ballot. */
export const openProposal = defineProposalJob('open-proposal')
