import type { CellDelta } from '../../core/tally/ballot-delta'
import type { Sql } from '../client'

/** What the ballots of another hub's proposal come to. */
export interface ImportedCount {
  readonly proposal: string
  readonly votes: number
  /** The running total. */
  readonly cells: readonly CellDelta[]
  readonly origin: object
  /** Of a closed proposal; null while it is voted on. */
  readonly result: {
    /** Unix seconds. */
    readonly closedAt: number
    readonly scores: readonly bigint[]
    readonly scoresByStrategy: readonly (readonly bigint[])[]
    readonly total: bigint
    readonly outcome: object
    readonly status: string
  } | null
}

/** Replaces a proposal's count by a new one, and makes it final where voting is over. In one transaction. */
export async function saveImportedCount(
  sql: Sql,
  { proposal, votes, cells, origin, result }: ImportedCount,
  at: Date,
): Promise<void> {
  await sql.query('select from log_state for update')
  await sql.query(
    `update proposals set vote_count = $2, origin = $3::jsonb, closed_at = coalesce(closed_at, to_timestamp($4))
     where id = $1`,
    [proposal, votes, JSON.stringify(origin), result?.closedAt ?? null],
  )
  await sql.query('delete from tally_cells where proposal_id = $1', [proposal])
  const sums = new Map<string, CellDelta>()
  for (const cell of cells) {
    const key = `${cell.strategy} ${cell.key}`
    sums.set(key, { ...cell, amount: cell.amount + (sums.get(key)?.amount ?? 0n) })
  }
  const rows = [...sums.values()].filter(({ amount }) => amount > 0n)
  await sql.query(
    `insert into tally_cells (proposal_id, strategy, key, sum)
     select $1, * from unnest($2::smallint[], $3::text[], $4::numeric[])`,
    [
      proposal,
      rows.map(({ strategy }) => strategy),
      rows.map(({ key }) => key),
      rows.map(({ amount }) => amount.toString()),
    ],
  )
  if (!result) return
  await sql.query(
    `insert into results (proposal_id, scores, scores_by_strategy, scores_total, votes, outcome, status, log_size,
       log_root, finalized_at)
     select $1, $2::text[], $3::jsonb, $4, $5, $6::jsonb, $7, size, root, $8 from log_state
     on conflict (proposal_id) do nothing`,
    [
      proposal,
      result.scores.map(String),
      JSON.stringify(result.scoresByStrategy.map((scores) => scores.map(String))),
      result.total.toString(),
      votes,
      JSON.stringify(result.outcome),
      result.status,
      at,
    ],
  )
}
