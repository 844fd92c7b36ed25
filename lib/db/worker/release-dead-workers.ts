import type { Database } from '../client'

/**
 * Gives back the jobs of workers that have not been heard of for `silenceMs`: graphile-worker alone would keep
 * them locked for four hours. A worker that was only slow may so run a job beside another one; jobs are safe to
 * run twice. Answers how many workers were given up.
 */
export async function releaseDeadWorkers(db: Database, silenceMs: number): Promise<number> {
  const silence = `${silenceMs} milliseconds`
  const { rows } = await db.pool.query<{ dead: string[] }>(
    `select coalesce(array_agg(distinct j.locked_by), '{}') as dead from graphile_worker._private_jobs j
     where j.locked_by is not null and j.locked_at < now() - $1::interval and not exists (
       select from installation i
       where i.key = 'worker:' || j.locked_by and ${beatOf('i')} > now() - $1::interval)`,
    [silence],
  )
  const dead = rows[0]?.dead ?? []
  if (dead.length > 0) await db.pool.query('select graphile_worker.force_unlock_workers($1::text[])', [dead])
  await db.pool.query(`delete from installation i where ${beatOf('i')} < now() - interval '1 hour'`)
  return dead.length
}

/** Other facts are kept beside the beats, and Postgres may read a value before it looks at the key. */
function beatOf(row: string): string {
  return `case when ${row}.key like 'worker:%' then ${row}.value::timestamptz end`
}
