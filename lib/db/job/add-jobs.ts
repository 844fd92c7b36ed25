import type { ClientBase, Pool } from 'pg'

/** One piece of work to be done at or after `runAt`. The same key again replaces what is still waiting. */
export interface JobRow {
  readonly task: string
  readonly payload: object
  readonly runAt: Date
  readonly key: string
  /** The time of one that waits already stays, however often the key comes again. */
  readonly keepsTime?: boolean
}

/**
 * Queues jobs in the caller's transaction (or at once, given the pool), so that a job exists exactly when the
 * row it is about does. A job of that key that is already running goes on; the new one runs after it.
 */
export async function addJobs(sql: Pick<Pool | ClientBase, 'query'>, jobs: readonly JobRow[]): Promise<void> {
  for (const job of jobs) {
    await sql.query(
      'select graphile_worker.add_job($1, payload := $2::json, run_at := $3::timestamptz, job_key := $4, job_key_mode := $5)',
      [
        ...[job.task, JSON.stringify(job.payload), job.runAt.toISOString(), job.key],
        job.keepsTime ? 'preserve_run_at' : 'replace',
      ],
    )
  }
}
