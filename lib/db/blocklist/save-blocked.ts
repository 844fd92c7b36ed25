import type { Database } from '../client'
import type { BlockedEntry } from './list-blocked'

/** Twice is once, as of the first time. Answers whether it is new. */
export async function saveBlocked(db: Database, { kind, value, since }: BlockedEntry): Promise<boolean> {
  const { rowCount } = await db.query(
    'insert into blocklist (kind, value, since) values ($1, $2, $3) on conflict do nothing',
    [kind, value, since],
  )
  return rowCount === 1
}
