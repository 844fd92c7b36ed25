import type { Database } from '../client'

/** Notes that the tally of a vote was asked for; the first time counts. */
export async function markDemanded(db: Database, proposalId: string, now: Date): Promise<void> {
  await db.query('update settlements set demanded_at = $2 where proposal_id = $1 and demanded_at is null', [
    proposalId,
    now,
  ])
}
