import type { Vector } from './voting-system'

/** The cells named by option number, in order; absent ones are 0. */
export function optionCells(vector: Vector, optionCount: number): bigint[] {
  return Array.from({ length: optionCount }, (_, index) => vector.get(String(index + 1)) ?? 0n)
}

/** One list of options per strategy, turned into Snapshot's shape: `[option][strategy]`. */
export function byOption(columns: readonly (readonly bigint[])[], optionCount: number): bigint[][] {
  return Array.from({ length: optionCount }, (_, index) => columns.map((column) => column[index] ?? 0n))
}
