import type { VotingSystem } from '../voting/voting-system'
import { ballotDelta, type CellDelta, turnoutDelta } from './ballot-delta'
import { computeResult, type Result } from './compute-result'
import { tallyFromCells } from './tally'

/** A ballot as some server reports it: its choice may be anything. */
export interface RawBallot {
  readonly choice: unknown
  /** 18 decimals, one per strategy of the proposal. */
  readonly powerByStrategy: readonly bigint[]
}

/**
 * Counts from nothing, also what another server accepted: a ballot whose choice is invalid here counts as a
 * ballot, and with its power in the total only (Copeland: not even that), as Snapshot counts it. So a Snapshot
 * export can be audited. Where this differs from Snapshot's own numbers:
 *
 * - exact instead of IEEE doubles: 0.1 + 0.2 is 0.3, and ties are ties (a runoff or duel that Snapshot decides
 *   by a rounding error may come out otherwise);
 * - ranked ballots with numeric strings (['1', '2']) are invalid here, Snapshot counts them;
 * - weights under a non-canonical key ('01') or outside 0, 10^-18..10^36 make a ballot invalid here; Snapshot
 *   ignores the key but spreads the ballot's power over everybody else's choices.
 */
export function recount(
  system: VotingSystem,
  ballots: readonly RawBallot[],
  optionCount: number,
  strategyCount = ballots[0]?.powerByStrategy.length ?? 1,
): Result {
  const choiceSchema = system.choiceSchema(optionCount)

  function* cells(): Generator<CellDelta> {
    for (const { choice, powerByStrategy } of ballots) {
      const parsed = choiceSchema.safeParse(choice)
      if (parsed.success) yield* ballotDelta(system, parsed.data, powerByStrategy, optionCount)
      else {
        const power = powerByStrategy.reduce((sum, part) => sum + part, 0n)
        yield* turnoutDelta(system.totalIncludesInvalid ? power : 0n)
      }
    }
  }

  return computeResult(system, tallyFromCells(cells(), strategyCount), optionCount)
}
