import type { z } from 'zod'

/**
 * A ballot's choice, normalised to its declared form: one option (1-based), several options, a ranking
 * (best first), or weights by option number.
 */
export type Choice = number | readonly number[] | Readonly<Record<string, number>>

/**
 * What ballots add up in: named integer cells, absent meaning 0. Adding two vectors cell by cell is the only
 * operation a running total needs, so a new ballot costs O(1) and a re-vote subtracts what it replaces.
 */
export type Vector = ReadonlyMap<string, bigint>

/** Which widget casts a ballot; several systems share one. */
export type BallotKind = 'single' | 'multiple' | 'ranked' | 'weighted'

/** How a result came about, for systems whose scores alone do not show it. Amounts are 18-decimal power. */
export type Explanation =
  /** Instant runoff: per round the scores by option, and the option removed after it (null in the last). */
  | {
      readonly kind: 'runoff'
      readonly rounds: readonly { scores: readonly bigint[]; removed: number | null }[]
    }
  /** Pairwise duels: `preferred[a][b]` is the power that ranks option a + 1 above option b + 1. */
  | { readonly kind: 'pairwise'; readonly preferred: readonly (readonly bigint[])[] }

/**
 * A voting system: how one ballot turns into numbers and how the sum of those numbers decides.
 * Pure, exact in `bigint`. Powers and scores are 18-decimal fixed point. Options with equal support always get
 * equal scores, so comparing scores finds every tie.
 */
export interface VotingSystem<Id extends string = string, C extends Choice = Choice> {
  readonly id: Id
  readonly label: string
  /** One sentence for somebody choosing a system. */
  readonly description: string
  /** One worked example, in words with numbers. */
  readonly example: string
  readonly ballot: BallotKind
  /** Whether a recount of a Snapshot export adds an invalid ballot's power to the total, as Snapshot does. */
  readonly totalIncludesInvalid: boolean
  /** Accepts exactly the valid choices for that many options, in canonical form (integers, no duplicates). */
  choiceSchema(optionCount: number): z.ZodType<C>
  /** What one ballot of `power` adds. `choice` has passed `choiceSchema`. */
  toVector(choice: C, power: bigint, optionCount: number): Vector
  /** Scores by option (index 0 is option 1), from the sum of all ballots' vectors. */
  decide(sum: Vector, optionCount: number): readonly bigint[]
  /**
   * Scores by option, then strategy: `[option][strategy]`, the shape of Snapshot's `scores_by_strategy`.
   * `parts` are the sums of the vectors of each strategy's share of the power.
   */
  decideByStrategy(sum: Vector, parts: readonly Vector[], optionCount: number): readonly (readonly bigint[])[]
  /** The steps between ballots and scores, where a table of them helps. */
  explain?(sum: Vector, optionCount: number): Explanation
  /** The choice in words, as Snapshot's `getChoiceString` puts it. */
  describeChoice(choice: C, options: readonly string[]): string
}

/** Ties a system's literal id and the type of its choices together. */
export function defineVotingSystem<const Id extends string, C extends Choice>(
  system: VotingSystem<Id, C>,
): VotingSystem<Id, C> {
  return system
}
