import { ballotDelta, type CellDelta } from '../../core/tally/ballot-delta'
import { getVotingSystem } from '../../core/voting/registry'
import type { Choice } from '../../core/voting/voting-system'

/** As much of a ballot as a running total depends on. */
export interface Ballot {
  readonly choice: Choice
  /** null while it cannot be read. */
  readonly powerByStrategy: readonly bigint[] | null
  /** False: it is never part of a total or a counter. */
  readonly countable: boolean
}

/** All strategies together. */
export function totalPower(powerByStrategy: readonly bigint[]): bigint {
  return powerByStrategy.reduce((sum, power) => sum + power, 0n)
}

/** A ballot that can be counted stands for a voter unless it is known to be powerless. */
export function isCounted({ powerByStrategy, countable }: Ballot): boolean {
  return countable && (powerByStrategy === null || totalPower(powerByStrategy) > 0n)
}

/** A counted ballot that waits for its power. */
export function isPending(ballot: Ballot): boolean {
  return isCounted(ballot) && ballot.powerByStrategy === null
}

/** What a current ballot adds to its proposal's running total; nothing while pending, nothing unless it counts. */
export function cellsOf(
  ballot: Ballot,
  proposal: { readonly type: string; readonly optionCount: number },
): CellDelta[] {
  const { choice, powerByStrategy } = ballot
  if (powerByStrategy === null || !isCounted(ballot)) return []
  return ballotDelta(getVotingSystem(proposal.type), choice, powerByStrategy, proposal.optionCount)
}
