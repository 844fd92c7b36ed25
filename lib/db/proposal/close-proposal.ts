import type { Database } from '../client'

/**
 * Closes a proposal whose window is over. Takes the lock that every append takes, so that after it no ballot can
 * be on its way any more. Answers whether the proposal is closed now, by this call or an earlier one.
 */
export async function closeProposal(db: Database, id: string, now: Date): Promise<boolean> {
  return db.transaction(async (sql) => {
    await sql.query('select 1 from log_state where id = 1 for update')
    await sql.query(
      `update proposals set closed_at = $2
       where id = $1 and closed_at is null and "end" < floor(extract(epoch from $2::timestamptz))`,
      [id, now],
    )
    const { rowCount } = await sql.query('select 1 from proposals where id = $1 and closed_at is not null', [
      id,
    ])
    return rowCount === 1
  })
}
