import type { ProposalSummary } from '../../../lib/core/views/proposal-view'

/**
 * The options' indexes in the order in which a result shows them: the strongest first, equals as they were written; For,
 * Against and Abstain always so.
 */
export function resultOrder({
  type,
  choices,
  scores,
}: Pick<ProposalSummary, 'type' | 'choices' | 'scores'>): readonly number[] {
  const order = choices.map((_, index) => index)
  if (type === 'basic') return order
  const powers = scores.map(BigInt)
  return order.sort((a, b) => {
    const [first, second] = [powers[a] ?? 0n, powers[b] ?? 0n]
    return first === second ? 0 : first > second ? -1 : 1
  })
}
