import { checkNamesJob } from './handlers/check-names'
import { closeProposalJob } from './handlers/close-proposal'
import { collectCosignaturesJob } from './handlers/collect-cosignatures'
import { dropStaleExecutionsJob } from './handlers/drop-stale-executions'
import { finalizeProposalJob } from './handlers/finalize-proposal'
import { measurePendingJob } from './handlers/measure-pending'
import { measureProvisionalJob } from './handlers/measure-provisional'
import { openProposalJob } from './handlers/open-proposal'
import { relayMessagesJob } from './handlers/relay-messages'
import { resumeProposalsJob } from './handlers/resume-proposals'
import { settleProposalJob } from './handlers/settle-proposal'
import { verifyBundlesJob } from './handlers/verify-bundles'
import { watchChainsJob } from './handlers/watch-chains'
import { writeBundleJob } from './handlers/write-bundle'
import type { Job } from './job'

/** Every job, one line each. */
export const jobs: readonly Job[] = [
  checkNamesJob,
  closeProposalJob,
  collectCosignaturesJob,
  dropStaleExecutionsJob,
  finalizeProposalJob,
  measurePendingJob,
  measureProvisionalJob,
  openProposalJob,
  relayMessagesJob,
  resumeProposalsJob,
  settleProposalJob,
  verifyBundlesJob,
  watchChainsJob,
  writeBundleJob,
]
