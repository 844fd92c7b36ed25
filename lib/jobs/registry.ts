import { closeProposalJob } from './handlers/close-proposal'
import { collectCosignaturesJob } from './handlers/collect-cosignatures'
import { dropStaleExecutionsJob } from './handlers/drop-stale-executions'
import { finalizeProposalJob } from './handlers/finalize-proposal'
import { measurePendingJob } from './handlers/measure-pending'
import { openProposalJob } from './handlers/open-proposal'
import { resumeProposalsJob } from './handlers/resume-proposals'
import { settleProposalJob } from './handlers/settle-proposal'
import { verifyBundlesJob } from './handlers/verify-bundles'
import { watchChainsJob } from './handlers/watch-chains'
import { writeBundleJob } from './handlers/write-bundle'
import type { Job } from './job'

/** Every job, one line each. */
export const jobs: readonly Job[] = [
  closeProposalJob,
  collectCosignaturesJob,
  dropStaleExecutionsJob,
  finalizeProposalJob,
  measurePendingJob,
  openProposalJob,
  resumeProposalsJob,
  settleProposalJob,
  verifyBundlesJob,
  watchChainsJob,
  writeBundleJob,
]
