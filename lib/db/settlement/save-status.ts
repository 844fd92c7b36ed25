import type { Database } from '../client'

/** How an execution stands, as read at some block. */
export interface SettlementStatus {
  readonly proposalId: string
  readonly executor: string
  /** A SettlementState. */
  readonly state: string
  readonly reason: string | null
  readonly trace: {
    readonly transactionHash: string
    readonly blockNumber: bigint
    readonly blockHash: string
  } | null
  /** Merged into the executor's record. */
  readonly data: object
  /** The submission this is about: a status of one that has been replaced meanwhile is dropped. */
  readonly submission: string | null
  readonly now: Date
}

/** Writes a status over the former one; the row appears where there is none. */
export async function saveStatus(db: Database, status: SettlementStatus): Promise<void> {
  await db.pool.query(
    `insert into settlements (proposal_id, executor, state, reason, data, transaction_hash, block_number, block_hash,
       created_at, updated_at)
     values ($1, $2, $3, $4, $5::jsonb, $6, $7, $8, $9, $9)
     on conflict (proposal_id) do update set state = excluded.state, reason = excluded.reason,
       data = settlements.data || excluded.data, transaction_hash = excluded.transaction_hash,
       block_number = excluded.block_number, block_hash = excluded.block_hash, updated_at = excluded.updated_at
     where settlements.data -> 'submissions' -> -1 ->> 'hash' is not distinct from $10`,
    [
      status.proposalId,
      status.executor,
      status.state,
      status.reason,
      JSON.stringify(status.data),
      status.trace?.transactionHash ?? null,
      status.trace?.blockNumber.toString() ?? null,
      status.trace?.blockHash ?? null,
      status.now,
      status.submission,
    ],
  )
}
