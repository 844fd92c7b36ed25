import { ballotDelta, type CellDelta } from '../../core/tally/ballot-delta'
import { getVotingSystem } from '../../core/voting/registry'
import type { Choice } from '../../core/voting/voting-system'

/** As much of a ballot as a running total depends on. */
export interface Ballot {
  readonly choice: Choice
  /** null while it cannot be read. */
  readonly powerByStrategy: readonly bigint[] | null
}

/** All strategies together. */
export function totalPower(powerByStrategy: readonly bigint[]): bigint {
  return powerByStrategy.reduce((sum, power) => sum + power, 0n)
}

/** A ballot stands for a voter unless it is known to be powerless. */
export function isCounted({ powerByStrategy }: Ballot): boolean {
  return powerByStrategy === null || totalPower(powerByStrategy) > 0n
}

/** What a current ballot adds to its proposal's running total; nothing while pending, nothing without power. */
export function cellsOf(
  { choice, powerByStrategy }: Ballot,
  proposal: { readonly type: string; readonly optionCount: number },
): CellDelta[] {
  if (powerByStrategy === null || totalPower(powerByStrategy) === 0n) return []
  return ballotDelta(getVotingSystem(proposal.type), choice, powerByStrategy, proposal.optionCount)
}
