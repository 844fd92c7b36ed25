import type { Database } from '../client'

/** How often a step of a proposal ran and failed on chain, and when last (unix milliseconds). */
export async function countReverts(
  db: Database,
  {
    proposalId,
    step,
    sender,
  }: { readonly proposalId: string; readonly step: string; readonly sender: string },
): Promise<{ count: number; last: number }> {
  const { rows } = await db.query<{ count: number; last: Date | null }>(
    `select count(*)::int as count, max(closed_at) as last from keeper_transactions
     where proposal_id = $1 and step = $2 and sender = $3 and outcome = 'reverted'`,
    [proposalId, step, sender],
  )
  return { count: rows[0]?.count ?? 0, last: rows[0]?.last?.getTime() ?? 0 }
}
