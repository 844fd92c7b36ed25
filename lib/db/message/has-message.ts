import type { Database } from '../client'

/** Whether a message of that id is in the log. */
export async function hasMessage(db: Database, id: string): Promise<boolean> {
  const { rowCount } = await db.query('select from messages where id = $1', [id])
  return rowCount === 1
}
