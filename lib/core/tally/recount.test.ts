import snapshot from '@snapshot-labs/snapshot.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { getVotingSystem, type VotingSystemId, votingSystems } from '../voting/registry'
import type { BallotKind } from '../voting/voting-system'
import { ballotDelta, negateDelta } from './ballot-delta'
import { computeResult } from './compute-result'
import { fixedPoint } from './fixed-point'
import { type RawBallot, recount } from './recount'
import { applyDelta, tallyFromCells } from './tally'

interface Vote {
  choice: unknown
  /** Sixteenths of a token: doubles add them exactly, so that both sides see the same ties. */
  scores: number[]
}

const upTo = (options: number) => Array.from({ length: options }, (_, index) => index + 1)

const validChoice: Record<BallotKind, (options: number) => fc.Arbitrary<unknown>> = {
  single: (options) => fc.integer({ min: 1, max: options }),
  multiple: (options) => fc.shuffledSubarray(upTo(options)),
  ranked: (options) => fc.shuffledSubarray(upTo(options), { minLength: options }),
  weighted: (options) =>
    fc
      .dictionary(
        fc.integer({ min: 1, max: options }).map(String),
        fc.oneof(
          fc.nat(100),
          fc.nat(1000).map((tenths) => tenths / 10),
        ),
        { minKeys: 1 },
      )
      .filter((weights) => Object.values(weights).some((weight) => weight > 0)),
}

const invalidChoice = (options: number) =>
  fc.constantFrom<unknown>(
    0,
    options + 1,
    '1',
    true,
    null,
    '0xabcd',
    [options + 1],
    [1, 1],
    {},
    { 9: 1 },
    { 1: -1 },
  )

const elections = (kind: BallotKind, strategies: number) =>
  fc.integer({ min: 1, max: 5 }).chain((options) =>
    fc.record({
      options: fc.constant(options),
      votes: fc.array(
        fc.record<Vote>({
          choice: fc.oneof(
            { arbitrary: validChoice[kind](options), weight: 9 },
            { arbitrary: invalidChoice(options), weight: 1 },
          ),
          scores: fc.array(
            fc.oneof(
              fc.integer({ min: 0, max: 4 }),
              fc.integer({ min: 0, max: 2 ** 24 }).map((sixteenths) => sixteenths / 16),
            ),
            { minLength: strategies, maxLength: strategies },
          ),
        }),
        { maxLength: 25 },
      ),
    }),
  )

const balanceOf = ({ scores }: Vote) => scores.reduce((sum, score) => sum + score, 0)

const ballotsOf = (votes: Vote[]): RawBallot[] =>
  votes.map(({ choice, scores }) => ({ choice, powerByStrategy: scores.map((score) => fixedPoint(score)) }))

/** What the published snapshot.js says: the oracle. */
function askSnapshot(type: VotingSystemId, options: number, votes: Vote[], strategies: number) {
  const Voting = snapshot.utils.voting[type] as unknown as new (
    proposal: { choices: string[] },
    votes: object[],
    strategies: object[],
    selected: unknown,
  ) => { getScores(): number[]; getScoresByStrategy(): number[][]; getScoresTotal(): number }
  const voting = new Voting(
    { choices: upTo(options).map(String) },
    votes.map((vote) => ({ ...vote, balance: balanceOf(vote) })),
    Array.from({ length: strategies }, () => ({})),
    undefined,
  )
  return {
    scores: voting.getScores(),
    scoresByStrategy: voting.getScoresByStrategy(),
    total: voting.getScoresTotal(),
  }
}

function expectNear(actual: bigint, expected: number): void {
  const tokens = Number(actual) / 1e18
  const apart = Math.abs(tokens - expected)
  expect(apart, `${tokens} for ${expected}`).toBeLessThanOrEqual(1e-9 * Math.max(Math.abs(expected), 1e-9))
}

describe.each(votingSystems.map((system) => [system.id, system] as const))('%s', (id, system) => {
  it.each([1, 2, 3])(
    'agrees with snapshot.js on random ballots, valid and not, of %i strategies',
    (strategies) => {
      fc.assert(
        fc.property(elections(system.ballot, strategies), ({ options, votes }) => {
          const ours = recount(system, ballotsOf(votes), options, strategies)
          const theirs = askSnapshot(id, options, votes, strategies)
          expect(ours.ballots).toBe(votes.length)
          expectNear(ours.total, theirs.total)
          expect(ours.scores).toHaveLength(options)
          for (const [index, score] of ours.scores.entries())
            expectNear(score, theirs.scores[index] ?? Number.NaN)
          for (const [option, row] of ours.scoresByStrategy.entries()) {
            expect(row).toHaveLength(strategies)
            for (const [strategy, score] of row.entries()) {
              expectNear(score, theirs.scoresByStrategy[option]?.[strategy] ?? Number.NaN)
            }
          }
        }),
        { numRuns: 100 },
      )
    },
  )

  it('a running tally of votes and re-votes equals a recount of the ballots that stand', () => {
    const changes = fc.integer({ min: 1, max: 4 }).chain((options) =>
      fc.record({
        options: fc.constant(options),
        votes: fc.array(
          fc.record({
            voter: fc.nat(5),
            choice: validChoice[system.ballot](options),
            powerByStrategy: fc.array(fc.bigInt(0n, 10n ** 24n), { minLength: 2, maxLength: 2 }),
          }),
          { maxLength: 20 },
        ),
      }),
    )
    fc.assert(
      fc.property(changes, ({ options, votes }) => {
        const standing = new Map<number, RawBallot>()
        let tally = tallyFromCells([], 2)
        const deltaOf = ({ choice, powerByStrategy }: RawBallot) =>
          ballotDelta(system, system.choiceSchema(options).parse(choice), powerByStrategy, options)
        for (const { voter, ...ballot } of votes) {
          const earlier = standing.get(voter)
          tally = applyDelta(tally, [...(earlier ? negateDelta(deltaOf(earlier)) : []), ...deltaOf(ballot)])
          standing.set(voter, ballot)
        }
        expect(computeResult(system, tally, options)).toEqual(
          recount(system, [...standing.values()], options, 2),
        )
      }),
    )
  })
})

describe('where we differ from snapshot.js', () => {
  const both = (type: VotingSystemId, options: number, votes: Vote[]) => [
    recount(getVotingSystem(type), ballotsOf(votes), options).scores.map((score) => Number(score) / 1e18),
    askSnapshot(type, options, votes, 1).scores,
  ]

  it('a tie of 0.1 + 0.2 and 0.3 is a tie', () => {
    const votes = [
      { choice: [1, 2, 3], scores: [0.1] },
      { choice: [1, 2, 3], scores: [0.2] },
      { choice: [2, 1, 3], scores: [0.3] },
      { choice: [3, 1, 2], scores: [0.4] },
    ]
    // Options 1 and 2 are last together: the lower number goes. In doubles option 2 is last by 5e-17.
    expect(both('ranked-choice', 3, votes)).toEqual([
      [0, 0.6, 0.4],
      [0.6000000000000001, 0, 0.4],
    ])
  })

  it('ranked strings are invalid', () => {
    expect(both('ranked-choice', 2, [{ choice: ['1', '2'], scores: [1] }])).toEqual([
      [0, 0],
      [1, 0],
    ])
  })

  it('a non-canonical key makes a ballot invalid, and its power goes to nobody', () => {
    const votes = [
      { choice: { '01': 1 }, scores: [5] },
      { choice: { 1: 1, 2: 1 }, scores: [10] },
    ]
    expect(both('weighted', 2, votes)).toEqual([
      [5, 5],
      [7.5, 7.5],
    ])
  })
})

describe('ties survive arithmetic', () => {
  const scores = (type: VotingSystemId, votes: Vote[]) =>
    recount(getVotingSystem(type), ballotsOf(votes), 3).scores

  it('three thirds equal one whole', () => {
    const third = { choice: { 1: 1, 3: 2 }, scores: [1] }
    const [first, second] = scores('weighted', [third, third, third, { choice: { 2: 1 }, scores: [1] }])
    expect(first).toBe(second)
  })

  it('two roots of 2 equal one root of 8', () => {
    const small = { choice: { 1: 1 }, scores: [2] }
    const [first, second] = scores('quadratic', [small, small, { choice: { 2: 1 }, scores: [8] }])
    expect(first).toBe(second)
  })
})

it('refuses a cell of a strategy that is not there', () => {
  expect(() => tallyFromCells([{ strategy: 2, key: '1', amount: 1n }], 2)).toThrow(RangeError)
})
