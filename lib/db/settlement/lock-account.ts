import type { Sql } from '../client'

/**
 * Makes other callers for the same account wait until the transaction ends, so that two proposals of one Safe are
 * not confirmed for the same nonce. Nothing outside the database is to be asked under it.
 */
export async function lockAccount(
  sql: Sql,
  account: { readonly chainId: number; readonly address: string },
): Promise<void> {
  await sql.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [
    `settlement:${account.chainId}:${account.address}`,
  ])
}
