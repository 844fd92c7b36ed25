import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decideOutcome, type Outcome } from './decide-outcome'
import { describeOutcome } from './describe-outcome'
import type { DecisionRule } from './rule'

const token = 10n ** 18n
const votes = (tokens: number) => (BigInt(tokens) * token).toString()
const result = (scores: number[], total = scores.reduce((sum, score) => sum + score, 0)) => ({
  scores: scores.map((score) => BigInt(score) * token),
  total: BigInt(total) * token,
})

const majority: DecisionRule = { kind: 'majority', quorum: null }
const quorumOf = (tokens: number, counted: 'total' | number[] = 'total'): DecisionRule => ({
  kind: 'majority',
  quorum: { required: votes(tokens), counted },
})
const rejection: DecisionRule = { kind: 'rejection', limit: votes(40) }
const leader: DecisionRule = { kind: 'leader', quorum: null }
const leaderOf = (tokens: number): DecisionRule => ({
  kind: 'leader',
  quorum: { required: votes(tokens), counted: 'total' },
})

type Row = [
  rule: DecisionRule,
  result: ReturnType<typeof result>,
  status: Outcome['status'],
  reason: Outcome['reason'],
  winner: number | null,
  sentence: string,
]

function outcomeIs([rule, counted, status, reason, winner, sentence]: Row, choices: string[]) {
  const outcome = decideOutcome(rule, counted)
  expect(outcome).toMatchObject({ status, reason, winner })
  expect(describeOutcome(outcome, { choices, symbol: 'VOTE' })).toBe(sentence)
}

describe('basic', () => {
  it.each<Row>([
    [majority, result([624, 310, 66]), 'passed', 'majority', 1, 'Passed: For leads by 31.4 points.'],
    [
      quorumOf(100),
      result([60, 30, 10]),
      'passed',
      'majority',
      1,
      'Passed: For leads by 30.0 points, quorum reached.',
    ],
    [quorumOf(101), result([60, 30, 10]), 'quorum-missed', 'quorum', null, 'Quorum missed: 100 of 101 VOTE.'],
    [
      quorumOf(91, [1, 2]),
      result([60, 30, 10]),
      'quorum-missed',
      'quorum',
      null,
      'Quorum missed: 90 of 91 VOTE.',
    ],
    [
      quorumOf(90, [1, 2]),
      result([60, 30, 10]),
      'passed',
      'majority',
      1,
      'Passed: For leads by 33.3 points, quorum reached.',
    ],
    [majority, result([1, 2, 97]), 'rejected', 'against', null, 'Rejected: Against leads by 1.0 points.'],
    [
      quorumOf(5),
      result([1, 4]),
      'rejected',
      'against',
      null,
      'Rejected: Against leads by 60.0 points, quorum reached.',
    ],
    [majority, result([5, 5, 1]), 'rejected', 'tie', null, 'Rejected: For and Against are tied.'],
    [majority, result([0, 0, 7]), 'rejected', 'tie', null, 'Rejected: For and Against are tied.'],
    [majority, result([0, 0, 0]), 'rejected', 'no-votes', null, 'Rejected: no option received a vote.'],
    [quorumOf(1), result([0, 0, 0]), 'quorum-missed', 'quorum', null, 'Quorum missed: 0 of 1 VOTE.'],
    [
      majority,
      result([50_001, 50_000]),
      'passed',
      'majority',
      1,
      'Passed: For leads by less than 0.1 points.',
    ],
    // Ballots that cannot be read count towards the quorum, as in Snapshot.
    [
      quorumOf(20),
      result([2, 1, 0], 20),
      'passed',
      'majority',
      1,
      'Passed: For leads by 5.0 points, quorum reached.',
    ],
  ])('row %#', (...row) => {
    outcomeIs(row, ['For', 'Against', 'Abstain'])
  })

  it.each<Row>([
    [
      rejection,
      result([0, 0, 0]),
      'passed',
      'not-stopped',
      1,
      'Passed: Against has 0 of 40 VOTE, not more than it takes to reject.',
    ],
    [
      rejection,
      result([0, 40, 0]),
      'passed',
      'not-stopped',
      1,
      'Passed: Against has 40 of 40 VOTE, not more than it takes to reject.',
    ],
    [
      rejection,
      result([99, 41, 0]),
      'rejected',
      'stopped',
      null,
      'Rejected: Against has 41 of 40 VOTE, more than it takes to reject.',
    ],
  ])('optimistic row %#', (...row) => {
    outcomeIs(row, ['For', 'Against', 'Abstain'])
  })
})

describe('a choice of many', () => {
  it.each<Row>([
    [leader, result([20, 50, 30]), 'passed', 'leader', 2, 'Passed: Blue leads by 20.0 points.'],
    [
      leaderOf(100),
      result([20, 50, 30]),
      'passed',
      'leader',
      2,
      'Passed: Blue leads by 20.0 points, quorum reached.',
    ],
    [leaderOf(101), result([20, 50, 30]), 'quorum-missed', 'quorum', null, 'Quorum missed: 100 of 101 VOTE.'],
    [leader, result([50, 50, 30]), 'rejected', 'tie', null, 'Rejected: Red and Blue are tied.'],
    [leader, result([5, 5, 5]), 'rejected', 'tie', null, 'Rejected: Red, Blue and Green are tied.'],
    [leader, result([0, 0, 0]), 'rejected', 'no-votes', null, 'Rejected: no option received a vote.'],
    [leader, result([0, 0, 0], 9), 'rejected', 'no-votes', null, 'Rejected: no option received a vote.'],
    [leader, result([7]), 'passed', 'leader', 1, 'Passed: Red leads by 100.0 points.'],
  ])('row %#', (...row) => {
    outcomeIs(row, ['Red', 'Blue', 'Green'])
  })
})

describe('facts', () => {
  it('are amounts, not sentences', () => {
    expect(decideOutcome(quorumOf(90, [1, 2]), result([60, 30, 10]))).toEqual({
      status: 'passed',
      reason: 'majority',
      winner: 1,
      leaders: [1],
      lead: 30n * token,
      base: 90n * token,
      quorum: { counted: 90n * token, required: 90n * token, met: true },
    })
  })

  it('one unit decides: a lead, a quorum, a limit', () => {
    const one = { scores: [token + 1n, token], total: 2n * token + 1n }
    expect(decideOutcome(majority, one).status).toBe('passed')
    expect(decideOutcome(quorumOf(2), { ...one, total: 2n * token - 1n }).status).toBe('quorum-missed')
    expect(decideOutcome(rejection, { scores: [0n, 40n * token + 1n], total: 0n }).status).toBe('rejected')
  })

  it('a basic proposal passes exactly when Snapshot’s interface says so', () => {
    const amount = fc.nat(6)
    fc.assert(
      fc.property(fc.tuple(amount, amount, amount), amount, fc.boolean(), (scores, quorum, optimistic) => {
        const [pro, contra] = scores
        const total = scores[0] + scores[1] + scores[2]
        const rule: DecisionRule =
          quorum === 0
            ? majority
            : optimistic
              ? { kind: 'rejection', limit: votes(quorum) }
              : quorumOf(quorum)
        const snapshots = quorum > 0 && optimistic ? contra <= quorum : total >= quorum && pro > contra
        expect(decideOutcome(rule, result(scores)).status === 'passed').toBe(snapshots)
      }),
    )
  })
})
