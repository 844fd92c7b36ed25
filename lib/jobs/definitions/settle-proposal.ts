import { z } from 'zod'
import { defineJob } from './define-job'

/**
 * After a result with an execution, or from the creation of a proposal that a module settles: asks the executor where it
 * stands and does what the keeper is to do, until it stands still. `since`, unix
 * milliseconds, is when somebody last worked on it, as far as known: the longer ago, the rarer it asks. Queued
 * without it, the job begins anew.
 */
export const settleProposal = defineJob(
  'settle-proposal',
  z.object({ proposal: z.string(), since: z.number().optional() }),
  ({ proposal }) => `settle-proposal:${proposal}`,
)
