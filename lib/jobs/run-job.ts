import { AppError } from '../core/errors'
import { addJobs } from '../db/job/add-jobs'
import { translateError } from '../db/translate-error'
import type { Context } from '../services/context'
import type { Job } from './job'

const secondMs = 1_000

/**
 * Runs a job and queues what comes next. A failure queues the same job again, for ever: after 1, 2, 4 … 15
 * seconds when trying again may help, after 30 seconds … 10 minutes when it takes a person first. What is not
 * there any more is left alone, unless the job is periodic: it would never run again.
 *
 * The job is queued again by us instead of failing it, because graphile-worker's own delays grow to six hours
 * and end after 25 tries.
 */
export async function runJob(ctx: Context, job: Job, queued: unknown): Promise<void> {
  const attempt = attemptOf(queued)
  try {
    await addJobs(ctx.db.pool, await job.run(ctx, queued))
  } catch (thrown) {
    const error = translateError(thrown)
    if (error instanceof AppError && error.code === 'not_found' && !job.isPeriodic) {
      ctx.log.warn({ event: 'job.dropped', job: job.id, reason: error.message })
      return
    }
    const mayHeal = error instanceof AppError && error.retry
    const delayMs = mayHeal
      ? backOff(attempt, secondMs, 15 * secondMs)
      : backOff(attempt, 30 * secondMs, 600 * secondMs)
    if (mayHeal) ctx.log.warn({ event: 'job.delayed', job: job.id, attempt, delayMs, reason: error.message })
    else ctx.log.error({ event: 'job.failed', job: job.id, attempt, delayMs, err: error })
    const again = job.again(queued, new Date(ctx.clock.now() + delayMs), attempt + 1)
    if (again) await addJobs(ctx.db.pool, [again])
  }
}

function backOff(attempt: number, firstMs: number, longestMs: number): number {
  return Math.min(longestMs, firstMs * 2 ** Math.min(attempt, 20))
}

function attemptOf(queued: unknown): number {
  const attempt = (queued as { attempt?: unknown } | null)?.attempt
  return typeof attempt === 'number' ? attempt : 0
}
