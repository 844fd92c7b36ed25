import type { Result } from '../tally/compute-result'
import type { DecisionRule } from './rule'

export type OutcomeReason =
  /** Passed: For has more than Against. */
  | 'majority'
  /** Passed: one option is ahead of every other. */
  | 'leader'
  /** Passed: Against stayed within the limit of a rejection rule. */
  | 'not-stopped'
  /** Rejected: Against has more than For. */
  | 'against'
  /** Rejected: Against went over the limit of a rejection rule. */
  | 'stopped'
  /** Rejected: several options share the first place. */
  | 'tie'
  /** Rejected: nobody voted for anything. */
  | 'no-votes'
  /** Too little power took part, whoever is ahead. */
  | 'quorum'

/** What a result means under a rule. A fact about the ballots counted so far; final once voting is closed. */
export interface Outcome {
  readonly status: 'passed' | 'rejected' | 'quorum-missed'
  readonly reason: OutcomeReason
  /**
   * 18-decimal power that counts towards the quorum, and what is required. Under a rejection rule: Against, its
   * limit, and whether Against is over it. Null without a quorum.
   */
  readonly quorum: { readonly counted: bigint; readonly required: bigint; readonly met: boolean } | null
  /** The option that carried the vote (1-based; For in basic voting). Null unless passed. */
  readonly winner: number | null
  /** The options with the highest score, of For and Against only in basic voting; empty when nobody voted. */
  readonly leaders: readonly number[]
  /** By how much the leader is ahead of the next of the options compared; 0 in a tie. */
  readonly lead: bigint
  /** The power that `lead` is a part of: all that took part, without Abstain where the rule leaves it out. */
  readonly base: bigint
}

/** Applies the rule. The one function for pages, API, finalising and execution. */
export function decideOutcome(rule: DecisionRule, result: Pick<Result, 'scores' | 'total'>): Outcome {
  const score = (option: number) => result.scores[option - 1] ?? 0n
  const power = (counted: 'total' | readonly number[]) =>
    counted === 'total' ? result.total : counted.reduce((sum, option) => sum + score(option), 0n)

  const compared = rule.kind === 'leader' ? result.scores.map((_, index) => index + 1) : [1, 2]
  const [first = 0n, second = 0n] = compared.map(score).sort((a, b) => (a < b ? 1 : a > b ? -1 : 0))
  const voted = rule.kind === 'leader' ? first > 0n : result.total > 0n
  const leaders = voted ? compared.filter((option) => score(option) === first) : []
  const [leader] = leaders
  const standing = { leaders, lead: first - second }

  if (rule.kind === 'rejection') {
    const quorum = { counted: score(2), required: BigInt(rule.limit), met: score(2) > BigInt(rule.limit) }
    const facts = { quorum, ...standing, base: result.total }
    return quorum.met
      ? { status: 'rejected', reason: 'stopped', winner: null, ...facts }
      : { status: 'passed', reason: 'not-stopped', winner: 1, ...facts }
  }

  const counted = power(rule.quorum?.counted ?? 'total')
  const required = BigInt(rule.quorum?.required ?? 0)
  const quorum = rule.quorum && { counted, required, met: counted >= required }
  const facts = { quorum, winner: null, ...standing, base: counted }

  if (quorum && !quorum.met) return { status: 'quorum-missed', reason: 'quorum', ...facts }
  if (leader === undefined) return { status: 'rejected', reason: 'no-votes', ...facts }
  if (leaders.length > 1) return { status: 'rejected', reason: 'tie', ...facts }
  if (rule.kind === 'leader') return { status: 'passed', reason: 'leader', ...facts, winner: leader }
  return leader === 1
    ? { status: 'passed', reason: 'majority', ...facts, winner: 1 }
    : { status: 'rejected', reason: 'against', ...facts }
}
