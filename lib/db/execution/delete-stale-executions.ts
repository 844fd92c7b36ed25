import type { Database } from '../client'

/** Deletes batches stored before `before` that no proposal names; answers how many. */
export async function deleteStaleExecutions(db: Database, before: Date): Promise<number> {
  const { rowCount } = await db.pool.query(
    `delete from executions e where e.created_at < $1
       and not exists (select from proposals p where p.execution_hash = e.hash)`,
    [before],
  )
  return rowCount ?? 0
}
