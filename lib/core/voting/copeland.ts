import { apportion } from './apportion'
import { byOption } from './option-cells'
import { rankingSchema } from './ranking'
import { defineVotingSystem, type Vector } from './voting-system'

/**
 * Cell 'a>b' holds the power that ranks option a above option b, `power` all of it. A duel won is worth 2 points,
 * a drawn one 1 to each; equal points are told apart by average support (the mean share of power across an
 * option's duels, worth at most half a point). The scores share `power` out in proportion to the points, in
 * exact fractions. Each strategy is decided on its own, so the strategies' scores need not sum to the scores.
 */
export const copeland = defineVotingSystem({
  id: 'copeland',
  label: 'Copeland',
  description:
    'Voters rank every option; each is compared with each other, and the one that wins most duels wins.',
  example:
    'Ada (4) ranks Red, Blue, Green; Ben (3) Blue, Red, Green; Chloe (2) Green, Blue, Red. Blue beats Red 5 to 4 and Green 7 to 2, Red beats Green 7 to 2: Blue wins.',
  ballot: 'ranked',
  totalIncludesInvalid: false,
  choiceSchema: rankingSchema,
  toVector: (choice, power) => {
    const cells = new Map([['power', power]])
    choice.forEach((winner, rank) => {
      for (const loser of choice.slice(rank + 1)) cells.set(`${winner}>${loser}`, power)
    })
    return cells
  },
  decide: decideDuels,
  decideByStrategy: (_sum, parts, optionCount) =>
    byOption(
      parts.map((part) => decideDuels(part, optionCount)),
      optionCount,
    ),
  explain: (sum, optionCount) => ({ kind: 'pairwise', preferred: preferences(sum, optionCount) }),
  describeChoice: (choice, options) => choice.map((option) => options[option - 1] ?? '').join(', '),
})

function decideDuels(sum: Vector, optionCount: number): bigint[] {
  const total = sum.get('power') ?? 0n
  if (optionCount === 1) return [total]
  const preferred = preferences(sum, optionCount)
  // Points and half the average support, both times 2 (n - 1) total: integers, and the proportions stay.
  const perPoint = 2n * BigInt(optionCount - 1) * total
  const weights = preferred.map((row, option) => {
    const points = row.reduce((sum, power, other) => {
      const reverse = preferred[other]?.[option] ?? 0n
      return other === option ? sum : sum + (power > reverse ? 2n : power === reverse ? 1n : 0n)
    }, 0n)
    return points * perPoint + row.reduce((support, power) => support + power, 0n)
  })
  return apportion(total, weights)
}

function preferences(sum: Vector, optionCount: number): bigint[][] {
  return Array.from({ length: optionCount }, (_, a) =>
    Array.from({ length: optionCount }, (_, b) => sum.get(`${a + 1}>${b + 1}`) ?? 0n),
  )
}
