import type { Choice, VotingSystem } from '../voting/voting-system'

/** The `strategy` of a cell that sums all strategies together. */
export const OVERALL = -1

/**
 * An amount to add to one cell of a tally. Beside the voting system's own cells every ballot adds two under
 * `OVERALL`: `total` (its power) and `ballots` (1), so that a table of cells is the whole running tally.
 */
export interface CellDelta {
  /** Index of the strategy, or `OVERALL`. */
  readonly strategy: number
  readonly key: string
  /** In the cell's own scale, which only its voting system reads. */
  readonly amount: bigint
}

/**
 * What one valid ballot adds. Its power is the sum of its powers by strategy; cells per strategy are kept only
 * when there are two or more, since one strategy's share is the whole.
 */
export function ballotDelta(
  system: VotingSystem,
  choice: Choice,
  powerByStrategy: readonly bigint[],
  optionCount: number,
): CellDelta[] {
  const vectorCells = (strategy: number, power: bigint): CellDelta[] =>
    [...system.toVector(choice, power, optionCount)]
      .filter(([, amount]) => amount !== 0n)
      .map(([key, amount]) => ({ strategy, key, amount }))

  const power = powerByStrategy.reduce((sum, part) => sum + part, 0n)
  return [
    ...turnoutDelta(power),
    ...vectorCells(OVERALL, power),
    ...(powerByStrategy.length < 2
      ? []
      : powerByStrategy.flatMap((part, strategy) => vectorCells(strategy, part))),
  ]
}

/** What a ballot adds whatever its choice: itself and its power. */
export function turnoutDelta(power: bigint): CellDelta[] {
  return [
    { strategy: OVERALL, key: 'total', amount: power },
    { strategy: OVERALL, key: 'ballots', amount: 1n },
  ]
}

/** Takes back what a delta added, exactly. */
export function negateDelta(delta: readonly CellDelta[]): CellDelta[] {
  return delta.map((cell) => ({ ...cell, amount: -cell.amount }))
}
