import { computeResult, type Result } from '../../core/tally/compute-result'
import { tallyFromCells } from '../../core/tally/tally'
import { getVotingSystem } from '../../core/voting/registry'
import type { CellRow } from '../../db/tally/list-cells'

/** What the running totals come to. */
export function runningResult(
  proposal: { readonly type: string; readonly choices: readonly string[]; readonly strategies: unknown },
  cells: readonly CellRow[],
): Result {
  const tally = tallyFromCells(
    cells.map(({ strategy, key, sum }) => ({ strategy, key, amount: sum })),
    countStrategies(proposal),
  )
  return computeResult(getVotingSystem(proposal.type), tally, proposal.choices.length)
}

export function countStrategies(proposal: { readonly strategies: unknown }): number {
  return Array.isArray(proposal.strategies) ? proposal.strategies.length : 0
}
