import type { Database } from '../client'
import { toBigint } from '../to-bigint'

export interface CellRow {
  readonly proposalId: string
  readonly strategy: number
  readonly key: string
  readonly sum: bigint
}

/** The running totals of these proposals. */
export async function listCells(db: Database, proposals: readonly string[]): Promise<CellRow[]> {
  const rows = await db.prisma.tallyCell.findMany({ where: { proposalId: { in: [...proposals] } } })
  return rows.map((row) => ({ ...row, sum: toBigint(row.sum) }))
}
