import type { Sql } from '../client'

/** Keeps what has been put forward for a proposal, all of it; the row appears with the first. */
export async function saveSubmissions(
  sql: Sql,
  settlement: {
    readonly proposalId: string
    readonly executor: string
    readonly submissions: readonly object[]
    readonly now: Date
  },
): Promise<void> {
  await sql.query(
    `insert into settlements (proposal_id, executor, state, data, created_at, updated_at)
     values ($1, $2, 'confirming', jsonb_build_object('submissions', $3::jsonb), $4, $4)
     on conflict (proposal_id) do update set data = settlements.data || excluded.data, state = 'confirming',
       reason = null, transaction_hash = null, block_number = null, block_hash = null, updated_at = $4`,
    [settlement.proposalId, settlement.executor, JSON.stringify(settlement.submissions), settlement.now],
  )
}
