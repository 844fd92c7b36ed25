import type { Database } from '../client'

/** How an execution by steps stands, as read at some block. */
export interface SettlementProgress {
  readonly proposalId: string
  readonly executor: string
  /** A SettlementState. */
  readonly state: string
  readonly reason: string
  readonly trace: {
    readonly transactionHash: string
    readonly blockNumber: bigint
    readonly blockHash: string
  } | null
  /** What the executor wants back when it looks again. */
  readonly memory: object
  /** What the pages show. */
  readonly progress: object
  /** When the chain began to be read, unix milliseconds: an earlier look never overwrites a later one. */
  readonly lookedAt: number
  readonly now: Date
}

/** Writes how it stands over how it stood; the row appears where there is none. */
export async function saveProgress(db: Database, settlement: SettlementProgress): Promise<void> {
  const { proposalId, executor, state, reason, trace, memory, progress, lookedAt, now } = settlement
  await db.query(
    `insert into settlements (proposal_id, executor, state, reason, data, transaction_hash, block_number, block_hash,
       created_at, updated_at)
     values ($1, $2, $3, $4, $5::jsonb, $6, $7, $8, $9, $9)
     on conflict (proposal_id) do update set state = excluded.state, reason = excluded.reason,
       data = settlements.data || excluded.data, transaction_hash = excluded.transaction_hash,
       block_number = excluded.block_number, block_hash = excluded.block_hash, updated_at = excluded.updated_at
     where coalesce((settlements.data ->> 'lookedAt')::bigint, 0) <= $10`,
    [
      proposalId,
      executor,
      state,
      reason,
      JSON.stringify({ memory, progress, lookedAt }),
      trace?.transactionHash ?? null,
      trace?.blockNumber.toString() ?? null,
      trace?.blockHash ?? null,
      now,
      lookedAt,
    ],
  )
}
