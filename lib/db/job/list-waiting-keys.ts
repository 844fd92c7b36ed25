import type { Database } from '../client'

/** Which of these job keys are queued, waiting or running. */
export async function listWaitingKeys(db: Database, keys: readonly string[]): Promise<Set<string>> {
  const { rows } = await db.pool.query<{ key: string }>(
    'select key from graphile_worker._private_jobs where key = any($1::text[]) and attempts < max_attempts',
    [keys],
  )
  return new Set(rows.map((row) => row.key))
}
