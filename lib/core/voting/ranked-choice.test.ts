import fc from 'fast-check'
import { expect, test } from 'vitest'
import { rankedChoice } from './ranked-choice'

/** Reads every ballot anew in every round. */
function countSlowly(ballots: readonly { ranking: readonly number[]; power: bigint }[], options: number) {
  const total = ballots.reduce((sum, { power }) => sum + power, 0n)
  const standing = new Set(Array.from({ length: options }, (_, i) => i + 1))
  for (;;) {
    const scores = Array.from({ length: options }, (_, i) =>
      ballots
        .filter(({ ranking }) => ranking.find((option) => standing.has(option)) === i + 1)
        .reduce((sum, { power }) => sum + power, 0n),
    )
    const of = (option: number) => scores[option - 1] ?? 0n
    if (standing.size < 3 || total === 0n || scores.some((score) => 2n * score > total)) return scores
    standing.delete([...standing].reduce((least, next) => (of(next) < of(least) ? next : least)))
  }
}

test('moving piles gives the scores that reading every ballot anew does', () => {
  const elections = fc.integer({ min: 1, max: 6 }).chain((options) => {
    const ranking = fc.shuffledSubarray(
      Array.from({ length: options }, (_, i) => i + 1),
      { minLength: options },
    )
    const ballots = fc.array(fc.record({ ranking, power: fc.bigInt(1n, 5n) }), { maxLength: 12 })
    return fc.record({ options: fc.constant(options), ballots })
  })
  fc.assert(
    fc.property(elections, ({ options, ballots }) => {
      const sum = new Map<string, bigint>()
      for (const { ranking, power } of ballots) {
        const key = ranking.join(',')
        sum.set(key, (sum.get(key) ?? 0n) + power)
      }
      expect(rankedChoice.decide(sum, options)).toEqual(countSlowly(ballots, options))
    }),
    { numRuns: 1_000 },
  )
})
