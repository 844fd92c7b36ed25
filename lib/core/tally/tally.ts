import type { Vector } from '../voting/voting-system'
import { type CellDelta, OVERALL } from './ballot-delta'

/** A running count. Cells that are 0 are absent, so equal counts are equal objects. */
export interface Tally {
  /** The voting system's cells over all power. */
  readonly cells: Vector
  /** The same per strategy; empty when there is only one. */
  readonly parts: readonly Vector[]
  /** Power of all ballots, 18 decimals. */
  readonly total: bigint
  readonly ballots: number
}

/** Adds cells up, in any order, several under one key allowed. `strategyCount` is the proposal's. */
export function tallyFromCells(cells: Iterable<CellDelta>, strategyCount: number): Tally {
  const parts = strategyCount < 2 ? [] : Array.from({ length: strategyCount }, () => new Map())
  return addCells({ cells: new Map(), parts, total: 0n, ballots: 0 }, cells)
}

/** The tally with a delta added. Costs a copy of the cells: to count many ballots use `tallyFromCells`. */
export function applyDelta(tally: Tally, delta: Iterable<CellDelta>): Tally {
  return addCells(
    { ...tally, cells: new Map(tally.cells), parts: tally.parts.map((part) => new Map(part)) },
    delta,
  )
}

interface OpenTally {
  cells: Map<string, bigint>
  parts: Map<string, bigint>[]
  total: bigint
  ballots: number
}

function addCells(tally: OpenTally, cells: Iterable<CellDelta>): Tally {
  for (const { strategy, key, amount } of cells) {
    if (strategy === OVERALL && key === 'total') tally.total += amount
    else if (strategy === OVERALL && key === 'ballots') tally.ballots += Number(amount)
    else addTo(strategy === OVERALL ? tally.cells : tally.parts[strategy], key, amount)
  }
  return tally
}

function addTo(vector: Map<string, bigint> | undefined, key: string, amount: bigint): void {
  if (!vector) throw new RangeError(`cell ${key} of a strategy that the proposal does not have`)
  const sum = (vector.get(key) ?? 0n) + amount
  if (sum === 0n) vector.delete(key)
  else vector.set(key, sum)
}
