import { byOption } from './option-cells'
import { rankingSchema } from './ranking'
import { defineVotingSystem, type Vector } from './voting-system'

/**
 * One cell per distinct ranking ('2,1,3'). Each round counts every ballot for its first option still standing.
 * It is the last when one option has more than half, or fewer than three stand; else the option with the fewest
 * votes is removed (also one with none), of several the one with the lowest number. The scores are those of the
 * last round; two equal options there are a tie. Snapshot's rules, in integers: rounding cannot invent or hide
 * a tie.
 */
export const rankedChoice = defineVotingSystem({
  id: 'ranked-choice',
  label: 'Ranked choice',
  description:
    'Voters rank every option; the weakest is removed and its ballots move on until one has more than half.',
  example:
    'Ada (4) ranks Red, Blue, Green; Ben (3) Blue, Red, Green; Chloe (2) Green, Blue, Red. Green is removed, Chloe’s 2 go to Blue: Blue wins 5 to 4.',
  ballot: 'ranked',
  totalIncludesInvalid: true,
  choiceSchema: rankingSchema,
  toVector: (choice, power) => new Map([[choice.join(','), power]]),
  decide: (sum, optionCount) => runoff(sum, optionCount).scores,
  decideByStrategy: (sum, parts, optionCount) => {
    const { removed } = runoff(sum, optionCount)
    return byOption(
      parts.map((part) => countFirst(parseRankings(part), removed, optionCount)),
      optionCount,
    )
  },
  explain: (sum, optionCount) => ({ kind: 'runoff', rounds: runoff(sum, optionCount).rounds }),
  describeChoice: (choice, options) =>
    choice.map((option, index) => `(${ordinal(index + 1)}) ${options[option - 1] ?? ''}`).join(', '),
})

interface Bundle {
  readonly ranking: readonly number[]
  readonly power: bigint
}

/** Every bundle lies on the pile of its first option still standing, so that a round moves one pile only. */
function runoff(sum: Vector, optionCount: number) {
  const piles = Array.from({ length: optionCount }, (): { bundle: Bundle; place: number }[] => [])
  const scores = Array.from({ length: optionCount }, () => 0n)
  const removed = new Set<number>()
  const rounds: { scores: readonly bigint[]; removed: number | null }[] = []
  let total = 0n

  const put = (bundle: Bundle, from: number) => {
    let place = from
    while (removed.has(bundle.ranking[place] ?? 0)) place++
    const index = (bundle.ranking[place] ?? 0) - 1
    piles[index]?.push({ bundle, place })
    if (index in scores) scores[index] = (scores[index] ?? 0n) + bundle.power
  }
  for (const bundle of parseRankings(sum)) {
    total += bundle.power
    put(bundle, 0)
  }

  for (;;) {
    const standing = [...scores.entries()].filter(([index]) => !removed.has(index + 1))
    if (standing.length < 3 || total === 0n || scores.some((score) => 2n * score > total)) {
      rounds.push({ scores, removed: null })
      return { scores, removed, rounds }
    }
    const [last] = standing.reduce((least, next) => (next[1] < least[1] ? next : least))
    rounds.push({ scores: [...scores], removed: last + 1 })
    removed.add(last + 1)
    scores[last] = 0n
    for (const { bundle, place } of piles[last] ?? []) put(bundle, place)
  }
}

function parseRankings(vector: Vector): Bundle[] {
  return [...vector].map(([key, power]) => ({ ranking: key.split(',').map(Number), power }))
}

function countFirst(bundles: readonly Bundle[], removed: ReadonlySet<number>, optionCount: number): bigint[] {
  const scores = Array.from({ length: optionCount }, () => 0n)
  for (const { ranking, power } of bundles) {
    const first = ranking.find((option) => !removed.has(option))
    if (first !== undefined) scores[first - 1] = (scores[first - 1] ?? 0n) + power
  }
  return scores
}

function ordinal(position: number): string {
  const teens = position % 100 > 10 && position % 100 < 14
  return `${position}${(teens ? undefined : ['th', 'st', 'nd', 'rd'][position % 10]) ?? 'th'}`
}
