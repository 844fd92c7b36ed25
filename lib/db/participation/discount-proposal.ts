import type { Sql } from '../client'

/** Takes a proposal that was withdrawn from what its author did in its space. */
export async function discountProposal(sql: Sql, proposal: string): Promise<void> {
  await sql.query(
    `update participations set proposal_count = proposal_count - 1 from proposals
     where proposals.id = $1 and participations.space_id = proposals.space_id and address = author`,
    [proposal],
  )
}
