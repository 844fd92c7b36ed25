import { decideOutcome } from '../../core/proposal/decide-outcome'
import { decisionRuleSchema } from '../../core/proposal/rule'
import type { Result } from '../../core/tally/compute-result'
import { listCells } from '../../db/tally/list-cells'
import type { Context } from '../context'
import { runningResult } from './running-result'
import { readOutcome } from './stored-outcome'

/** What a proposal's ballots come to: its result, or the running count until there is one. */
export interface Count {
  /** By option, 18 decimals. */
  readonly scores: readonly string[]
  /** `[option][strategy]`. */
  readonly scoresByStrategy: readonly (readonly string[])[]
  readonly total: string
  readonly quorum: { readonly counted: bigint; readonly required: bigint; readonly met: boolean } | null
}

/** As much of a proposal as its count depends on. */
export interface Countable {
  readonly id: string
  readonly type: string
  readonly choices: readonly string[]
  readonly strategies: unknown
  readonly rule: unknown
  readonly voteCount: number
  readonly result: {
    readonly scores: readonly string[]
    readonly scoresByStrategy: unknown
    readonly scoresTotal: string
    readonly outcome: unknown
  } | null
}

/** A count of more ballots than this may take long (each can be a ranking of its own) and is kept for a second. */
const MANY_BALLOTS = 500
const KEPT_MS = 1_000

/** Answers how to count any of `rows`, which are read together. Counting is work: do it once per row. */
export async function readCounts(
  ctx: Pick<Context, 'clock' | 'db'>,
  rows: readonly Countable[],
): Promise<(row: Countable) => Count> {
  const running = rows.filter(({ result }) => !result)
  const [few, many] = [running.filter((row) => !hasMany(row)), running.filter(hasMany)]
  const [cells, results] = await Promise.all([
    listCells(
      ctx.db,
      few.map(({ id }) => id),
    ),
    Promise.all(many.map(async (row) => [row.id, await keptResult(ctx, row)] as const)),
  ])
  const kept = new Map(results)
  const cellsOf = new Map<string, (typeof cells)[number][]>()
  for (const cell of cells) {
    const known = cellsOf.get(cell.proposalId)
    if (known) known.push(cell)
    else cellsOf.set(cell.proposalId, [cell])
  }
  return (row) =>
    row.result
      ? {
          scores: row.result.scores,
          scoresByStrategy: row.result.scoresByStrategy as string[][],
          total: row.result.scoresTotal,
          quorum: readOutcome(row.result.outcome).quorum,
        }
      : toCount(row, kept.get(row.id) ?? runningResult(row, cellsOf.get(row.id) ?? []))
}

function hasMany({ voteCount }: Countable): boolean {
  return voteCount > MANY_BALLOTS
}

function toCount(row: Countable, result: Result): Count {
  return {
    scores: result.scores.map(String),
    scoresByStrategy: result.scoresByStrategy.map((scores) => scores.map(String)),
    total: result.total.toString(),
    quorum: decideOutcome(decisionRuleSchema.parse(row.rule), result).quorum,
  }
}

interface KeptResult {
  readonly atMs: number
  readonly result: Promise<Result>
}

const keptResults = new WeakMap<Context['db'], Map<string, KeptResult>>()
const MAX_KEPT = 1_000

/** Whoever asks within a second of the first, or while the first still waits, gets the same count. */
function keptResult({ clock, db }: Pick<Context, 'clock' | 'db'>, row: Countable): Promise<Result> {
  const ofDatabase = keptResults.get(db) ?? new Map<string, KeptResult>()
  keptResults.set(db, ofDatabase)
  const known = ofDatabase.get(row.id)
  const age = clock.now() - (known?.atMs ?? 0)
  if (known && age >= 0 && age < KEPT_MS) return known.result

  const result = listCells(db, [row.id]).then((cells) => runningResult(row, cells))
  const [oldest] = ofDatabase.keys()
  if (ofDatabase.size >= MAX_KEPT && oldest !== undefined) ofDatabase.delete(oldest)
  ofDatabase.set(row.id, { atMs: clock.now(), result })
  result.catch(() => ofDatabase.delete(row.id))
  return result
}
