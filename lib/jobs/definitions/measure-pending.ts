import { defineProposalJob } from './define-job'

/** When a ballot was accepted without its power: reads it, and again until it can be read. */
export const measurePending = defineProposalJob('measure-pending')
