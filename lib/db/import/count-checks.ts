import type { Database } from '../client'

/** How the signatures of a proposal's current ballots were checked, and how many each way. */
export async function countChecks(db: Database, proposal: string): Promise<Record<string, number>> {
  const { rows } = await db.query<{ checked: string; count: string }>(
    `select verification ->> 'checked' as checked, count(*) from votes join messages using (log_index)
     where votes.proposal_id = $1 and votes.current group by 1`,
    [proposal],
  )
  return Object.fromEntries(rows.map(({ checked, count }) => [checked, Number(count)]))
}
