import type { Database } from '../client'

/** Says that this worker lives. By Postgres's clock, so that machines need not agree on the time. */
export async function beatWorker(db: Database, workerId: string): Promise<void> {
  await db.pool.query(
    `insert into installation (key, value) values ('worker:' || $1, now()::text)
     on conflict (key) do update set value = excluded.value`,
    [workerId],
  )
}
