import type { Sql } from '../client'

/** The executor's own record of a proposal's settlement, as the transaction sees it; undefined before there is one. */
export async function findRecord(sql: Sql, proposalId: string): Promise<unknown> {
  const { rows } = await sql.query<{ data: unknown }>('select data from settlements where proposal_id = $1', [
    proposalId,
  ])
  return rows[0]?.data
}
