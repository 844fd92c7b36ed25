import { z } from 'zod'
import { defineJob } from './define-job'

/** Every ten minutes: forgets stored batches that no proposal has named within an hour. */
export const dropStaleExecutions = defineJob('drop-stale-executions', z.object({}))
