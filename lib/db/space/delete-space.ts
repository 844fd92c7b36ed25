import type { Sql } from '../client'

/**
 * Deletes a space for everybody but auditors: its row, its proposals and what was recorded of them stay, and keep its id
 * from ever being free again. Who did how much in it is forgotten, and its web address is free. The caller holds the log's lock.
 */
export async function deleteSpace(sql: Sql, space: string, at: Date): Promise<void> {
  await sql.query(
    `with forgotten as (delete from participations where space_id = $1)
     update spaces set deleted_at = $2, domain = null where id = $1`,
    [space, at],
  )
}
