import type { Sql } from '../client'

/**
 * Makes others who want to keep a message wait until the transaction ends, so that what was counted holds when one is
 * added. Nothing outside the database is to be asked under it.
 */
export async function lockRelayed(sql: Sql): Promise<void> {
  await sql.query("select pg_advisory_xact_lock(hashtextextended('relayed', 0))")
}
