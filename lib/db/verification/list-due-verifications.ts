import type { Database } from '../client'

/** Proposals whose bundles have not been verified since `before`, the one verified longest ago first. */
export async function listDueVerifications(
  db: Database,
  { before, first }: { readonly before: Date; readonly first: number },
): Promise<string[]> {
  const { rows } = await db.query<{ proposal_id: string }>(
    `select proposal_id from bundles left join verifications using (proposal_id)
     where verified_at is null or verified_at < $1 order by verified_at nulls first, proposal_id limit $2`,
    [before, first],
  )
  return rows.map((row) => row.proposal_id)
}
