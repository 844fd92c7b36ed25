import type { ReadBlock } from '../../core/audit/audit-options'
import type { Database } from '../client'

/** A final result as it is written, once. */
export interface NewResult {
  readonly proposalId: string
  /** The block whose powers were counted. */
  readonly snapshotHash: string
  /** By option, 18-decimal fixed point. */
  readonly scores: readonly bigint[]
  readonly scoresByStrategy: readonly (readonly bigint[])[]
  readonly scoresTotal: bigint
  readonly votes: number
  /** The outcome as core/proposal decided it, in JSON. */
  readonly outcome: object
  readonly status: string
  readonly logSize: bigint
  readonly logRoot: Uint8Array
  /** Where each chain was read; null while a chain cannot tell. */
  readonly blocks: readonly ReadBlock[] | null
  readonly finalizedAt: Date
}

/**
 * Writes a result unless there is one; answers whether this call wrote it. Writes nothing either when a ballot's
 * power has become unknown since the count, or is not the final one, or the snapshot moved to another block.
 */
export async function insertResult(db: Database, result: NewResult): Promise<boolean> {
  const { rowCount } = await db.pool.query(
    `insert into results (proposal_id, scores, scores_by_strategy, scores_total, votes, outcome, status, log_size,
       log_root, blocks, finalized_at)
     select $1, $2::text[], $3::jsonb, $4, $5, $6::jsonb, $7, $8, $9, $10::jsonb, $11 where exists (
       select from proposals where id = $1 and closed_at is not null and pending_count = 0 and snapshot_hash = $12)
       and not exists (select from votes where proposal_id = $1 and current and provisional)
     on conflict (proposal_id) do nothing`,
    [
      result.proposalId,
      result.scores.map(String),
      JSON.stringify(result.scoresByStrategy.map((scores) => scores.map(String))),
      result.scoresTotal.toString(),
      result.votes,
      JSON.stringify(result.outcome),
      result.status,
      result.logSize.toString(),
      Buffer.from(result.logRoot),
      result.blocks && JSON.stringify(result.blocks),
      result.finalizedAt,
      result.snapshotHash,
    ],
  )
  return rowCount === 1
}
