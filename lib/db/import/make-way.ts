import type { Sql } from '../client'

/**
 * Removes copies of proposals that were never proven to be the messages with these ids, with their ballots and counts: the
 * messages themselves are on their way. What the log has of the copies stays. The caller holds the log's lock.
 */
export async function makeWay(sql: Sql, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  const { rows } = await sql.query<{ id: string }>(
    `select proposals.id from proposals join messages using (log_index)
     where proposals.id = any($1) and proposals.origin is not null and messages.id <> proposals.id`,
    [ids],
  )
  if (rows.length === 0) return
  const copies = rows.map(({ id }) => id)
  for (const table of ['votes', 'tally_cells', 'results']) {
    await sql.query(`delete from ${table} where proposal_id = any($1)`, [copies])
  }
  await sql.query('delete from proposals where id = any($1)', [copies])
}
