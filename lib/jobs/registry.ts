import { closeProposalJob } from './handlers/close-proposal'
import { dropStaleExecutionsJob } from './handlers/drop-stale-executions'
import { finalizeProposalJob } from './handlers/finalize-proposal'
import { measurePendingJob } from './handlers/measure-pending'
import { openProposalJob } from './handlers/open-proposal'
import { resumeProposalsJob } from './handlers/resume-proposals'
import { settleProposalJob } from './handlers/settle-proposal'
import { watchChainsJob } from './handlers/watch-chains'
import type { Job } from './job'

/** Every job, one line each. */
export const jobs: readonly Job[] = [
  closeProposalJob,
  dropStaleExecutionsJob,
  finalizeProposalJob,
  measurePendingJob,
  openProposalJob,
  resumeProposalsJob,
  settleProposalJob,
  watchChainsJob,
]
