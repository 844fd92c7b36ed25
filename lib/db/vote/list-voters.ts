import type { Database } from '../client'

/** Everybody with a ballot in a proposal. */
export async function listVoters(db: Database, proposal: string): Promise<string[]> {
  const { rows } = await db.query<{ voter: string }>(
    'select voter from votes where proposal_id = $1 and current',
    [proposal],
  )
  return rows.map(({ voter }) => voter)
}
