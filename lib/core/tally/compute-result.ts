import type { VotingSystem } from '../voting/voting-system'
import type { Tally } from './tally'

/** What a count comes to. Amounts are 18-decimal power. */
export interface Result {
  /** By option; index 0 is option 1. */
  readonly scores: readonly bigint[]
  /** `[option][strategy]`, Snapshot's shape. */
  readonly scoresByStrategy: readonly (readonly bigint[])[]
  /** Power of all ballots. More or less than the sum of the scores in approval voting. */
  readonly total: bigint
  readonly ballots: number
}

export function computeResult(system: VotingSystem, tally: Tally, optionCount: number): Result {
  const parts = tally.parts.length > 0 ? tally.parts : [tally.cells]
  return {
    scores: system.decide(tally.cells, optionCount),
    scoresByStrategy: system.decideByStrategy(tally.cells, parts, optionCount),
    total: tally.total,
    ballots: tally.ballots,
  }
}
