import type { Database } from '../client'
import { toBigint } from '../to-bigint'

/** A ballot as a recount needs it. */
export interface BallotRow {
  readonly voter: string
  readonly choice: unknown
  readonly power: bigint | null
  readonly powerByStrategy: readonly bigint[]
}

const pageSize = 5_000

/** Every current ballot of a proposal that can be counted, in log order, read in pages so that a recount holds one page at a time. */
export async function* listBallots(db: Database, proposal: string): AsyncGenerator<BallotRow[]> {
  let after = -1n
  for (;;) {
    const rows = await db.prisma.vote.findMany({
      where: { proposalId: proposal, current: true, countable: true, logIndex: { gt: after } },
      orderBy: { logIndex: 'asc' },
      take: pageSize,
      select: { logIndex: true, voter: true, choice: true, power: true, powerByStrategy: true },
    })
    yield rows.map((row) => ({
      voter: row.voter,
      choice: row.choice,
      power: row.power === null ? null : toBigint(row.power),
      powerByStrategy: row.powerByStrategy.map(toBigint),
    }))
    const last = rows.at(-1)
    if (last === undefined || rows.length < pageSize) return
    after = last.logIndex
  }
}
