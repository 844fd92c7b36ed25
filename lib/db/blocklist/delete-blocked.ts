import type { Database } from '../client'
import type { BlockedEntry } from './list-blocked'

/** Whether it was there. */
export async function deleteBlocked(
  db: Database,
  { kind, value }: Pick<BlockedEntry, 'kind' | 'value'>,
): Promise<boolean> {
  const { rowCount } = await db.query('delete from blocklist where kind = $1 and value = $2', [kind, value])
  return rowCount === 1
}
