import type { Database } from '../client'

/** Voters whose current ballot has a power that may still change, oldest ballot first. */
export async function listProvisionalVoters(
  db: Database,
  proposal: string,
  first: number,
): Promise<string[]> {
  const { rows } = await db.query<{ voter: string }>(
    'select voter from votes where proposal_id = $1 and current and provisional order by log_index limit $2',
    [proposal, first],
  )
  return rows.map(({ voter }) => voter)
}
