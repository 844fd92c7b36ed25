import { defineProposalJob } from './define-job'

/** After the result: the proof bundle, audited as it is written, once. */
export const writeBundle = defineProposalJob('write-bundle')
