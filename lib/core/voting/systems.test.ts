import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ballotDelta, type CellDelta, negateDelta } from '../tally/ballot-delta'
import { computeResult } from '../tally/compute-result'
import { applyDelta, tallyFromCells } from '../tally/tally'
import { findVotingSystem, getVotingSystem, type VotingSystemId, votingSystems } from './registry'
import type { BallotKind, Choice, VotingSystem } from './voting-system'

type Law = 'sum' | 'monotone' | 'neutral'

/** Laws a system is known to break, and why. */
const skips: Partial<Record<VotingSystemId, Partial<Record<Law, string>>>> = {
  approval: { sum: 'each approved option gets the full power, so the scores may exceed the total' },
  'ranked-choice': {
    monotone:
      'raising an option can change who is removed first (the monotonicity failure of instant runoff)',
    neutral: 'of several options tied for last the lowest number is removed',
  },
}

interface Samples {
  /** Any valid choice. */
  choice(options: number): fc.Arbitrary<Choice>
  /** The same choice with more support for `option` and no more for any other. */
  raise(choice: Choice, option: number): Choice
  /** Never valid. */
  refused(options: number): unknown[]
}

const weightsOf = (choice: Choice) => choice as Record<string, number>
const listOf = (choice: Choice) => choice as number[]
const upTo = (options: number) => Array.from({ length: options }, (_, index) => index + 1)
const permutation = (options: number) =>
  fc.shuffledSubarray(upTo(options), { minLength: options, maxLength: options })

const samples: Record<BallotKind, Samples> = {
  single: {
    choice: (options) => fc.integer({ min: 1, max: options }),
    raise: (_, option) => option,
    refused: () => [[1], [], Number.NaN],
  },
  multiple: {
    choice: (options) => fc.shuffledSubarray(upTo(options)),
    raise: (choice, option) => [...new Set([...listOf(choice), option])],
    refused: (options) => [1, [1, 1], [0], [options + 1], [1.5], ['1'], [null], { 1: 1 }],
  },
  ranked: {
    choice: permutation,
    raise: (choice, option) => [option, ...listOf(choice).filter((other) => other !== option)],
    refused: (options) => [
      1,
      [],
      upTo(options + 1),
      upTo(options - 1),
      upTo(options).map(() => 1),
      upTo(options).map(String),
      upTo(options).map((option) => option - 1),
      upTo(options).map((option) => option + 0.5),
    ],
  },
  weighted: {
    choice: (options) =>
      fc
        .dictionary(
          fc.integer({ min: 1, max: options }).map(String),
          fc.oneof(
            fc.integer({ min: 0, max: 100 }),
            fc.double({ min: 1e-18, max: 1e36, noNaN: true }),
            fc.constantFrom(0.1, 1 / 3, 1e21, 1e-7),
          ),
          { minKeys: 1, maxKeys: options },
        )
        .filter((weights) => Object.values(weights).some((weight) => weight > 0)),
    raise: (choice, option) => ({ ...weightsOf(choice), [option]: (weightsOf(choice)[option] ?? 0) * 2 + 1 }),
    refused: (options) => [
      1,
      [1],
      {},
      { 1: 0 },
      { 1: -1, 2: 2 },
      { [options + 1]: 1 },
      { 0: 1 },
      { '01': 1 },
      { '1e0': 1 },
      { ' 1': 1 },
      { 1: '1' },
      { 1: Number.NaN },
      { 1: Number.POSITIVE_INFINITY },
      { 1: 1e37 },
      { 1: 1e-19 },
      { 1: 1, x: 0 },
      JSON.parse('{"1":1,"__proto__":1}'),
    ],
  },
}

/** Gives every option a new number: option i becomes `names[i - 1]`. */
function rename(choice: Choice, names: readonly number[]): Choice {
  const to = (option: number) => names[option - 1] ?? 0
  if (typeof choice === 'number') return to(choice)
  if (Array.isArray(choice)) return choice.map(to)
  return Object.fromEntries(Object.entries(choice).map(([option, weight]) => [to(Number(option)), weight]))
}

interface Ballot {
  choice: Choice
  powers: bigint[]
}
interface Election {
  options: number
  ballots: Ballot[]
}

/** Small numbers too: they are where ties and lost units show. */
const power = fc.oneof(
  fc.bigInt(0n, 7n),
  fc.bigInt(0n, 9n).map((tokens) => tokens * 10n ** 18n),
  fc.bigInt(0n, 10n ** 30n),
)

function elections(system: VotingSystem, strategies: number, least = 0): fc.Arbitrary<Election> {
  return fc.integer({ min: 1, max: 5 }).chain((options) =>
    fc.record({
      options: fc.constant(options),
      ballots: fc.array(
        fc.record({
          choice: samples[system.ballot].choice(options),
          powers: fc.array(power, { minLength: strategies, maxLength: strategies }),
        }),
        { minLength: least, maxLength: 12 },
      ),
    }),
  )
}

function cellsOf(system: VotingSystem, { ballots, options }: Election): CellDelta[] {
  return ballots.flatMap(({ choice, powers }) => ballotDelta(system, choice, powers, options))
}

function count(system: VotingSystem, election: Election, strategies = 1) {
  return computeResult(system, tallyFromCells(cellsOf(system, election), strategies), election.options)
}

const add = (amounts: readonly bigint[]) => amounts.reduce((sum, amount) => sum + amount, 0n)

it('ids are unique, each found under its own, and an unknown one is refused in Snapshot’s words', () => {
  expect(new Set(votingSystems.map(({ id }) => id)).size).toBe(votingSystems.length)
  for (const system of votingSystems) expect(getVotingSystem(system.id)).toBe(system)
  expect(findVotingSystem('custom')).toBeUndefined()
  expect(() => getVotingSystem('custom')).toThrow('invalid voting type')
})

describe.each(votingSystems.map((system) => [system.id, system] as const))('%s', (id, system) => {
  const { choice, raise, refused } = samples[system.ballot]
  const law = (name: Law) => (skips[id]?.[name] ? it.skip : it)
  const check = (elections: fc.Arbitrary<Election>, property: (election: Election) => void) =>
    fc.assert(fc.property(elections, property))

  it('accepts every valid choice, unchanged', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 8 }).chain((options) => fc.tuple(fc.constant(options), choice(options))),
        ([options, valid]) => {
          expect(system.choiceSchema(options).parse(valid)).toEqual(valid)
        },
      ),
    )
  })

  it.each([2, 3, 7])('refuses what is no choice of %i options', (options) => {
    const never = [0, -1, 1.5, options + 1, '1', '', true, null, undefined, [[1]], ...refused(options)]
    for (const value of never) {
      expect(system.choiceSchema(options).safeParse(value).success, JSON.stringify(value)).toBe(false)
    }
  })

  it('no ballots: zeros', () => {
    expect(count(system, { options: 3, ballots: [] }, 2)).toEqual({
      scores: [0n, 0n, 0n],
      scoresByStrategy: [
        [0n, 0n],
        [0n, 0n],
        [0n, 0n],
      ],
      total: 0n,
      ballots: 0,
    })
  })

  it('the order of ballots is irrelevant', () => {
    fc.assert(
      fc.property(
        elections(system, 2).chain((election) =>
          fc.tuple(
            fc.constant(election),
            fc.shuffledSubarray(election.ballots, { minLength: election.ballots.length }),
          ),
        ),
        ([election, shuffled]) => {
          expect(count(system, { ...election, ballots: shuffled }, 2)).toEqual(count(system, election, 2))
        },
      ),
    )
  })

  it('a powerless ballot changes nothing but the number of ballots', () => {
    check(elections(system, 1, 1), ({ options, ballots: [first, ...rest] }) => {
      const without = { options, ballots: rest }
      const powerless = { options, ballots: [{ choice: first?.choice ?? 1, powers: [0n] }, ...rest] }
      expect(count(system, powerless)).toEqual({ ...count(system, without), ballots: rest.length + 1 })
    })
  })

  it('adding a ballot and taking it back leaves no trace', () => {
    check(elections(system, 2, 1), ({ options, ballots: [first, ...rest] }) => {
      const tally = tallyFromCells(cellsOf(system, { options, ballots: rest }), 2)
      const delta = first ? ballotDelta(system, first.choice, first.powers, options) : []
      expect(applyDelta(applyDelta(tally, delta), negateDelta(delta))).toEqual(tally)
    })
  })

  it('no score is negative or above the total', () => {
    check(elections(system, 2), (election) => {
      const { scores, total } = count(system, election, 2)
      for (const score of scores) expect(score >= 0n && score <= total).toBe(true)
    })
  })

  law('sum')('the scores sum to the total, but for units that cannot be split among equals', () => {
    check(elections(system, 2), (election) => {
      const { scores, total } = count(system, election, 2)
      const left = total - add(scores)
      expect(left >= 0n && left < BigInt(election.options)).toBe(true)
      if (new Set(scores).size === scores.length) expect(left).toBe(0n)
    })
  })

  it('the scores by strategy sum to the scores’ own sum, to within one unit a cell', () => {
    check(elections(system, 3), (election) => {
      const { scores, scoresByStrategy } = count(system, election, 3)
      const apart = add(scoresByStrategy.flat()) - add(scores)
      const units = BigInt(election.options * 3)
      expect(apart <= units && -apart <= units).toBe(true)
    })
  })

  it('with one strategy its scores are the scores', () => {
    check(elections(system, 1), (election) => {
      const { scores, scoresByStrategy } = count(system, election)
      expect(scoresByStrategy).toEqual(scores.map((score) => [score]))
    })
  })

  law('monotone')('raising an option on a ballot never lowers its score', () => {
    // A share never falls, but it is rounded down or up by its remainder, and other shares' remainders move too.
    const rounding = system.ballot === 'weighted' ? 1n : 0n
    fc.assert(
      fc.property(elections(system, 1, 1), fc.nat(), ({ options, ballots }, seed) => {
        const option = (seed % options) + 1
        const before = count(system, { options, ballots })
        const [first, ...rest] = ballots
        if (!first) return
        const raised = { ...first, choice: raise(first.choice, option) }
        const after = count(system, { options, ballots: [raised, ...rest] })
        expect((after.scores[option - 1] ?? 0n) + rounding >= (before.scores[option - 1] ?? 0n)).toBe(true)
      }),
      { numRuns: 300 },
    )
  })

  law('neutral')('numbering the options otherwise numbers the scores otherwise, ties included', () => {
    fc.assert(
      fc.property(
        elections(system, 1).chain((election) =>
          fc.tuple(fc.constant(election), permutation(election.options)),
        ),
        ([{ options, ballots }, names]) => {
          const renamed = ballots.map((ballot) => ({ ...ballot, choice: rename(ballot.choice, names) }))
          const { scores } = count(system, { options, ballots })
          const after = count(system, { options, ballots: renamed }).scores
          expect(names.map((name) => after[name - 1])).toEqual(scores)
        },
      ),
      { numRuns: 300 },
    )
  })

  it('is explained for people', () => {
    expect(system.label).toMatch(/^[A-Z][a-z ]+$/)
    expect(system.description).toMatch(/\.$/)
    expect(system.example).toMatch(/\d.*\.$/)
  })
})

it('the skipped laws do fail, so that no skip outlives its reason', () => {
  const [approval, ranked] = [getVotingSystem('approval'), getVotingSystem('ranked-choice')]
  const both = count(approval, { options: 2, ballots: [{ choice: [1, 2], powers: [5n] }] })
  expect(add(both.scores)).toBe(10n)

  const bundle = (choice: number[], power: bigint) => ({ choice, powers: [power] })
  const rest = [bundle([1, 2, 3], 6n), bundle([2, 3, 1], 4n), bundle([3, 1, 2], 5n)]
  const lead = count(ranked, { options: 3, ballots: [...rest, bundle([2, 1, 3], 2n)] })
  const raised = count(ranked, { options: 3, ballots: [...rest, bundle([1, 2, 3], 2n)] })
  expect([lead.scores, raised.scores]).toEqual([
    [11n, 6n, 0n],
    [8n, 0n, 9n],
  ])

  const tied = [bundle([1, 2, 3], 2n), bundle([2, 1, 3], 2n), bundle([3, 2, 1], 2n)]
  expect(count(ranked, { options: 3, ballots: tied }).scores).toEqual([0n, 4n, 2n])
})

describe('choices in words', () => {
  const options = ['A', 'B', 'C']
  it.each<[VotingSystemId, Choice, string]>([
    ['single-choice', 2, 'B'],
    ['basic', 1, 'A'],
    ['approval', [3, 1], 'A, C'],
    ['approval', [], ''],
    ['ranked-choice', [2, 1, 3], '(1st) B, (2nd) A, (3rd) C'],
    ['copeland', [2, 1, 3], 'B, A, C'],
    ['weighted', { 1: 1, 2: 2 }, '33.3% for A, 66.7% for B'],
    ['quadratic', { 1: 0, 3: 5 }, '100% for C'],
  ])('%s %j: %s', (id, choice, words) => {
    expect(getVotingSystem(id).describeChoice(choice, options)).toBe(words)
  })

  it('ordinals', () => {
    const many = Array.from({ length: 23 }, (_, index) => `o${index + 1}`)
    const words = getVotingSystem('ranked-choice').describeChoice(upTo(23), many)
    for (const ordinal of ['(3rd)', '(4th)', '(11th)', '(12th)', '(13th)', '(21st)', '(22nd)', '(23rd)']) {
      expect(words).toContain(ordinal)
    }
  })
})

describe('explanations', () => {
  const ballots = [
    { choice: [1, 2, 3], powers: [4n] },
    { choice: [2, 1, 3], powers: [3n] },
    { choice: [3, 2, 1], powers: [2n] },
  ]
  const explain = (id: VotingSystemId) => {
    const system = getVotingSystem(id)
    return system.explain?.(tallyFromCells(cellsOf(system, { options: 3, ballots }), 1).cells, 3)
  }

  it('rounds of the runoff', () => {
    expect(explain('ranked-choice')).toEqual({
      kind: 'runoff',
      rounds: [
        { scores: [4n, 3n, 2n], removed: 3 },
        { scores: [4n, 5n, 0n], removed: null },
      ],
    })
  })

  it('duels', () => {
    expect(explain('copeland')).toEqual({
      kind: 'pairwise',
      preferred: [
        [0n, 4n, 7n],
        [5n, 0n, 7n],
        [2n, 2n, 0n],
      ],
    })
  })
})
