import { formatUnits } from './format-units'
import type { DecisionRule } from './rule'

/** What a sentence about a proposal needs to name things: its options and the symbol of its votes (may be empty). */
export interface Wording {
  readonly choices: readonly string[]
  readonly symbol: string
}

/**
 * The rule as one sentence, amounts exact: `Passes if For > Against and For + Against + Abstain ≥ 40,000 VOTE.` With the
 * voting `system`, it says how the leader of that system is found; bundles and their audits hold it without.
 */
export function describeRule(rule: DecisionRule, { choices, symbol }: Wording, system = ''): string {
  const amount = (value: string) =>
    `${formatUnits(BigInt(value), { fraction: 'exact' })} ${symbol || 'votes'}`
  const [pro = 'For', contra = 'Against'] = choices
  if (rule.kind === 'rejection') return `Passes unless ${contra} > ${amount(rule.limit)}.`

  const { quorum } = rule
  if (rule.kind === 'majority') {
    const lead = `Passes if ${pro} > ${contra}`
    if (!quorum) return `${lead}.`
    const counted = quorum.counted === 'total' ? choices : quorum.counted.map((option) => choices[option - 1])
    return `${lead} and ${counted.join(' + ')} ≥ ${amount(quorum.required)}.`
  }
  const condition =
    quorum &&
    (quorum.counted === 'total'
      ? ` if at least ${amount(quorum.required)} take part`
      : ` if ${quorum.counted.map((option) => choices[option - 1]).join(' + ')} ≥ ${amount(quorum.required)}`)
  return `The option ${leads[system] ?? 'with the most votes'} wins${condition ?? ''}. A tie has no winner.`
}

/** What makes an option the leader, where it is not the sum of its votes. */
const leads: Readonly<Record<string, string>> = {
  'ranked-choice': 'that has more than half once the weakest have been removed',
  copeland: 'that wins the most duels with the others',
}
