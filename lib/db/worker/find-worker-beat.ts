import type { Database } from '../client'

/** When any worker was last heard of, and how long ago that is by Postgres's clock. */
export async function findWorkerBeat(
  db: Database,
): Promise<{ readonly seenAt: Date; readonly agoMs: number } | undefined> {
  const { rows } = await db.pool.query<{ seen_at: Date; ago: string }>(
    `select max(value::timestamptz) as seen_at, extract(epoch from now() - max(value::timestamptz)) * 1000 as ago
     from installation where key like 'worker:%' having count(*) > 0`,
  )
  const [row] = rows
  return row && { seenAt: row.seen_at, agoMs: Number(row.ago) }
}
