import type { CellDelta } from '../../core/tally/ballot-delta'
import type { Sql } from '../client'

/** An amount to add to one cell of one proposal's running total. */
export interface ProposalCellDelta extends CellDelta {
  readonly proposalId: string
}

/**
 * Adds amounts to running totals, several to one cell allowed. The caller holds the proposals' row locks, which
 * is what keeps two additions from crossing.
 */
export async function addToCells(sql: Sql, deltas: readonly ProposalCellDelta[]): Promise<void> {
  const cells = new Map<string, { proposalId: string; strategy: number; key: string; amount: bigint }>()
  for (const { proposalId, strategy, key, amount } of deltas) {
    const name = `${proposalId} ${strategy} ${key}`
    const cell = cells.get(name)
    if (cell) cell.amount += amount
    else cells.set(name, { proposalId, strategy, key, amount })
  }
  // Apart, because a row to be inserted must satisfy `sum >= 0` by itself even when it ends up as an update.
  await write(
    sql,
    [...cells.values()].filter(({ amount }) => amount < 0n),
    `update tally_cells cell set sum = sum + amount from ${ROWS}
     where cell.proposal_id = delta.proposal_id and cell.strategy = delta.strategy and cell.key = delta.key`,
  )
  await write(
    sql,
    [...cells.values()].filter(({ amount }) => amount > 0n),
    `insert into tally_cells (proposal_id, strategy, key, sum) select * from ${ROWS}
     on conflict (proposal_id, strategy, key) do update set sum = tally_cells.sum + excluded.sum`,
  )
}

const ROWS = `unnest($1::text[], $2::smallint[], $3::text[], $4::numeric[]) as delta(proposal_id, strategy, key, amount)`

async function write(sql: Sql, rows: readonly ProposalCellDelta[], statement: string): Promise<void> {
  if (rows.length === 0) return
  await sql.query(statement, [
    rows.map((row) => row.proposalId),
    rows.map((row) => row.strategy),
    rows.map((row) => row.key),
    rows.map((row) => row.amount.toString()),
  ])
}
