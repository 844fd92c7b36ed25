import type { Result } from '../../core/tally/compute-result'
import { fixedPoint, toDouble } from '../../core/tally/fixed-point'
import { type RawBallot, recount } from '../../core/tally/recount'
import { findVotingSystem } from '../../core/voting/registry'
import type { RemoteProposal, RemoteVote } from './hub-rows'

/** How far a sum of doubles may be from the exact one, as a part of it. */
export const TOLERANCE = 1e-9
/** What is less is rounding. */
const NOTHING = 1e-12

/** Our exact count beside a hub's own. */
export interface Recount {
  /** Undefined for a voting system that is not part of this installation. */
  readonly result: Result | undefined
  /** Where their sums are not the ballots', in words. */
  readonly differences: readonly string[]
}

/**
 * A ballot's powers as 18-decimal fixed point, one for each strategy of its proposal, from the doubles a hub shows. Where
 * it does not show them by strategy, all is the first strategy's.
 */
export function powersOf({ vp, vp_by_strategy }: RemoteVote, strategyCount: number): bigint[] {
  if (vp_by_strategy.length === strategyCount) return vp_by_strategy.map((part) => fixedPoint(part))
  return Array.from({ length: Math.max(1, strategyCount) }, (_, index) => (index === 0 ? fixedPoint(vp) : 0n))
}

/** Whether two amounts are the same but for the rounding of doubles. */
export function isClose(a: number, b: number): boolean {
  const size = Math.max(Math.abs(a), Math.abs(b))
  return size < NOTHING || Math.abs(a - b) <= TOLERANCE * size
}

/** Counts ballots as the hub's own voting system does, without its rounding, and compares. */
export function recountRows(
  row: Pick<RemoteProposal, 'type' | 'choices' | 'strategies' | 'scores' | 'scores_total'>,
  ballots: readonly RawBallot[],
): Recount {
  const { type, choices, strategies, scores, scores_total } = row
  const system = findVotingSystem(type)
  if (!system) return { result: undefined, differences: [] }
  const differences: string[] = []
  const result = recount(system, ballots, choices.length, strategies.length)
  const compare = (what: string, theirs: number | undefined, ours: bigint) => {
    if (theirs === undefined || !isClose(theirs, toDouble(ours))) {
      differences.push(`${what} is ${toDouble(ours)} by the ballots, ${theirs ?? 'missing'} by the hub`)
    }
  }
  for (const [index, score] of result.scores.entries()) compare(`option ${index + 1}`, scores[index], score)
  compare('all power', scores_total, result.total)
  return { result, differences }
}
