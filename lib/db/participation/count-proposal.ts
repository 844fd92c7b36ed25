import type { Sql } from '../client'

/** Counts a proposal among what its author did in its space. */
export async function countProposal(
  sql: Sql,
  { space, author }: { readonly space: string; readonly author: string },
): Promise<void> {
  await sql.query(
    `insert into participations (space_id, address, proposal_count) values ($1, $2, 1)
     on conflict (space_id, address) do update set proposal_count = participations.proposal_count + 1`,
    [space, author],
  )
}
