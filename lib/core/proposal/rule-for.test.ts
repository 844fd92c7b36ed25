import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { votingSystems } from '../voting/registry'
import { describeRule } from './describe-rule'
import { decisionRuleSchema } from './rule'
import { ruleFor, type SpaceVoting } from './rule-for'

const basicChoices = ['For', 'Against', 'Abstain']
const rule = (type: Parameters<typeof ruleFor>[0]['type'], voting: SpaceVoting, choices = basicChoices) =>
  ruleFor({ type, choices, voting })

describe('ruleFor and its words', () => {
  it.each<[string, ReturnType<typeof rule>, string]>([
    ['no settings', rule('basic', {}), 'Passes if For > Against.'],
    ['no quorum', rule('basic', { quorum: 0, quorumType: 'rejection' }), 'Passes if For > Against.'],
    [
      'every vote counts towards the quorum',
      rule('basic', { quorum: 40_000 }),
      'Passes if For > Against and For + Against + Abstain ≥ 40,000 VOTE.',
    ],
    [
      'Abstain does not',
      rule('basic', { quorum: 40_000, hideAbstain: true }),
      'Passes if For > Against and For + Against ≥ 40,000 VOTE.',
    ],
    [
      'two choices',
      rule('basic', { quorum: 0.1, hideAbstain: true }, ['Yes', 'No']),
      'Passes if Yes > No and Yes + No ≥ 0.1 VOTE.',
    ],
    [
      'optimistic',
      rule('basic', { quorum: 1e6, quorumType: 'rejection' }),
      'Passes unless Against > 1,000,000 VOTE.',
    ],
    ['a choice of many', rule('approval', {}), 'The option with the most votes wins. A tie has no winner.'],
    [
      'a choice of many with a quorum; what concerns Against and Abstain is ignored',
      rule('quadratic', { quorum: 5, quorumType: 'rejection', hideAbstain: true }),
      'The option with the most votes wins if at least 5 VOTE take part. A tie has no winner.',
    ],
  ])('%s', (_, rule, words) => {
    expect(
      describeRule(rule, { choices: words.includes('Yes') ? ['Yes', 'No'] : basicChoices, symbol: 'VOTE' }),
    ).toBe(words)
  })

  it('without a symbol says votes', () => {
    expect(describeRule(rule('basic', { quorum: 2 }), { choices: basicChoices, symbol: '' })).toBe(
      'Passes if For > Against and For + Against + Abstain ≥ 2 votes.',
    )
  })

  it.each([
    ['ranked-choice', 'that has more than half once the weakest have been removed'],
    ['copeland', 'that wins the most duels with the others'],
    ['approval', 'with the most votes'],
  ] as const)('of %s, with the system, says what leads', (type, leads) => {
    expect(describeRule(rule(type, { quorum: 5 }), { choices: ['A', 'B'], symbol: 'VOTE' }, type)).toBe(
      `The option ${leads} wins if at least 5 VOTE take part. A tie has no winner.`,
    )
  })

  it('the quorum is exact', () => {
    expect(rule('basic', { quorum: 0.1 })).toMatchObject({ quorum: { required: '100000000000000000' } })
    expect(rule('basic', { quorum: 1e24 })).toMatchObject({ quorum: { required: `1${'0'.repeat(42)}` } })
  })

  it('where there is no Abstain to leave out, every vote counts', () => {
    const two = rule('basic', { quorum: 1, hideAbstain: true }, ['Yes', 'No'])
    expect(two).toMatchObject({ quorum: { counted: 'total' } })
  })

  it('refuses a quorum that is no amount', () => {
    expect(() => rule('basic', { quorum: -1 })).toThrow('not an amount')
  })

  it('survives JSON and passes its schema, for every system and setting', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...votingSystems.map(({ id }) => id)),
        fc.record(
          {
            quorum: fc.double({ min: 0, max: 1e30, noNaN: true }),
            quorumType: fc.constant('rejection'),
            hideAbstain: fc.boolean(),
          },
          { requiredKeys: [] },
        ),
        (type, voting) => {
          const frozen = rule(type, voting)
          expect(decisionRuleSchema.parse(JSON.parse(JSON.stringify(frozen)))).toEqual(frozen)
        },
      ),
    )
  })

  it.each([
    { kind: 'majority' },
    { kind: 'majority', quorum: { required: '01', counted: 'total' } },
    { kind: 'majority', quorum: { required: '1', counted: [] } },
    { kind: 'majority', quorum: { required: '1.5', counted: 'total' } },
    { kind: 'rejection', limit: 5 },
    { kind: 'leader', quorum: null, extra: 1 },
    { kind: 'coin-toss' },
  ])('the schema refuses %j', (data) => {
    expect(decisionRuleSchema.safeParse(data).success).toBe(false)
  })
})
