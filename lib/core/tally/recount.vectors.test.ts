import { describe, expect, it } from 'vitest'
import { getVotingSystem, type VotingSystemId, votingSystems } from '../voting/registry'
import { fixedPoint } from './fixed-point'
import { recount } from './recount'

// Produced by @snapshot-labs/snapshot.js 0.17.5.
type Vote = [choice: unknown, balance: number, scores?: number[]]
interface Vector {
  title: string
  type: VotingSystemId
  options: number
  votes: Vote[]
  scores: number[]
  byStrategy?: number[][]
  total: number
}

const vectors: Vector[] = [
  {
    title: 'an option that does not exist and a string count in the total only',
    type: 'single-choice',
    options: 3,
    votes: [
      [1, 10],
      [2, 5],
      [4, 100],
      ['1', 3],
    ],
    scores: [10, 5, 0],
    total: 118,
  },
  {
    title: '0.1 and 0.2',
    type: 'single-choice',
    options: 2,
    votes: [
      [1, 0.1],
      [1, 0.2],
    ],
    scores: [0.30000000000000004, 0],
    total: 0.30000000000000004,
  },
  {
    title: 'for and abstain',
    type: 'basic',
    options: 3,
    votes: [
      [1, 1],
      [3, 2],
    ],
    scores: [1, 0, 2],
    total: 3,
  },
  {
    title: 'several, none, twice the same, none such',
    type: 'approval',
    options: 3,
    votes: [
      [[1, 2], 10],
      [[], 7],
      [[2, 2], 5],
      [[4], 6],
    ],
    scores: [10, 10, 0],
    total: 28,
  },
  {
    title: 'parts, a fraction, no weights',
    type: 'weighted',
    options: 3,
    votes: [
      [{ 1: 1, 2: 3 }, 8],
      [{ 1: 0.5 }, 2],
      [{}, 4],
    ],
    scores: [4, 6, 0],
    total: 14,
  },
  {
    title: 'three small against one large',
    type: 'quadratic',
    options: 2,
    votes: [
      [{ 1: 1 }, 9],
      [{ 2: 1 }, 4],
      [{ 2: 1 }, 1],
      [{ 2: 1 }, 1],
    ],
    scores: [5.3999999999999995, 9.6],
    total: 15,
  },
  {
    title: 'four invalid ballots count in the total only',
    type: 'quadratic',
    options: 2,
    votes: [
      [{ 1: 1, 2: 1 }, 9],
      [{}, 4],
      [[1], 4],
      [{ 3: 1 }, 4],
      [{ 1: -1 }, 4],
    ],
    scores: [4.5, 4.5],
    total: 25,
  },
  {
    title: 'two strategies',
    type: 'quadratic',
    options: 2,
    votes: [
      [{ 1: 1 }, 9, [4, 5]],
      [{ 2: 1 }, 4, [4, 0]],
    ],
    scores: [9, 4],
    byStrategy: [
      [4, 5.000000000000001],
      [4, 0],
    ],
    total: 13,
  },
  {
    title: 'one round of removal',
    type: 'ranked-choice',
    options: 3,
    votes: [
      [[1, 2, 3], 4],
      [[2, 1, 3], 3],
      [[3, 2, 1], 2],
    ],
    scores: [4, 5, 0],
    total: 9,
  },
  {
    title: 'a tie for last removes the lowest number',
    type: 'ranked-choice',
    options: 3,
    votes: [
      [[1, 2, 3], 2],
      [[2, 1, 3], 2],
      [[3, 2, 1], 2],
    ],
    scores: [0, 4, 2],
    total: 6,
  },
  {
    title: 'an option that is nobody’s first is removed before it can receive votes',
    type: 'ranked-choice',
    options: 4,
    votes: [
      [[1, 2, 3, 4], 10],
      [[2, 1, 3, 4], 9],
      [[3, 1, 2, 4], 7],
      [[3, 4, 2, 1], 1],
    ],
    scores: [17, 10, 0, 0],
    total: 27,
  },
  {
    title: 'a partial ranking is invalid',
    type: 'ranked-choice',
    options: 3,
    votes: [
      [[1, 2], 4],
      [[2, 1, 3], 3],
    ],
    scores: [0, 3, 0],
    total: 7,
  },
  {
    title: 'two strategies: the final round of the whole, per strategy',
    type: 'ranked-choice',
    options: 3,
    votes: [
      [[1, 2, 3], 5, [3, 2]],
      [[2, 1, 3], 5, [0, 5]],
      [[3, 1, 2], 1, [1, 0]],
    ],
    scores: [6, 5, 0],
    byStrategy: [
      [4, 2],
      [0, 5],
      [0, 0],
    ],
    total: 11,
  },
  {
    title: 'points and average support',
    type: 'copeland',
    options: 3,
    votes: [
      [[1, 2, 3], 4],
      [[2, 1, 3], 3],
      [[3, 2, 1], 2],
    ],
    scores: [3.074074074074074, 5.777777777777779, 0.14814814814814817],
    total: 9,
  },
  {
    title: 'a tie',
    type: 'copeland',
    options: 2,
    votes: [
      [[1, 2], 2],
      [[2, 1], 2],
    ],
    scores: [2, 2],
    total: 4,
  },
  ...votingSystems.map(({ id }) => ({
    title: 'no votes',
    type: id,
    options: 3,
    votes: [],
    scores: [0, 0, 0],
    total: 0,
  })),
]

describe('Snapshot’s tally vectors', () => {
  it.each(vectors)('$type: $title', ({ type, options, votes, scores, byStrategy, total }) => {
    const ballots = votes.map(([choice, balance, parts]) => ({
      choice,
      powerByStrategy: (parts ?? [balance]).map((part) => fixedPoint(part)),
    }))
    const result = recount(getVotingSystem(type), ballots, options)
    const tokens = (amount: bigint) => Number(amount) / 1e18
    const near = (actual: bigint, expected: number) =>
      expect(Math.abs(tokens(actual) - expected), `${actual} for ${expected}`).toBeLessThanOrEqual(
        expected * 1e-9,
      )

    expect(result.scores).toHaveLength(scores.length)
    for (const [index, score] of result.scores.entries()) near(score, scores[index] ?? Number.NaN)
    near(result.total, total)
    expect(result.ballots).toBe(votes.length)
    const flat = (byStrategy ?? scores.map((score) => [score])).flat()
    for (const [index, score] of result.scoresByStrategy.flat().entries())
      near(score, flat[index] ?? Number.NaN)
  })
})
