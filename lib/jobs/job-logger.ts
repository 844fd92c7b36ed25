import { Logger as JobLogger } from 'graphile-worker'
import type { Logger } from '../platform/logger'

/** graphile-worker's own messages in our log. What it calls info is a line for every job. */
export function createJobLogger(log: Logger): JobLogger {
  return new JobLogger(() => (level, message) => {
    const serious = level === 'error' || level === 'warning'
    log[serious ? 'warn' : 'debug']({ event: 'job.library' }, message)
  })
}
