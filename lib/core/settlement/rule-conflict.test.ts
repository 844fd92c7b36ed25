import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decideOutcome } from '../proposal/decide-outcome'
import { ruleFor } from '../proposal/rule-for'
import { moduleRule } from './module-rule'
import { ruleConflict } from './rule-conflict'

const choices = ['For', 'Against', 'Abstain']
const spaceRule = fc
  .record({
    quorum: fc.integer({ min: 0, max: 60 }),
    quorumType: fc.constantFrom('default', 'rejection'),
    hideAbstain: fc.boolean(),
  })
  .map((voting) => ruleFor({ type: 'basic', choices, voting }))
const total = 100n
const config = fc.record({
  quorumBps: fc.integer({ min: 1, max: 6_000 }),
  quorumChoices: fc.integer({ min: 1, max: 7 }),
})

test('where there is no conflict, nothing passes that the space would not pass', () => {
  let fitting = 0
  fc.assert(
    fc.property(
      config,
      spaceRule,
      fc.array(fc.tuple(fc.nat(34), fc.nat(33), fc.nat(33)), { minLength: 20, maxLength: 20 }),
      (settings, promised, votes) => {
        const rule = moduleRule(settings, total, 0)
        if (ruleConflict(rule, promised) !== null) return
        fitting++
        for (const powers of votes) {
          const scores = powers.map((power) => BigInt(power) * 10n ** 18n)
          const result = { scores, total: scores.reduce((sum, score) => sum + score, 0n) }
          if (decideOutcome(rule, result).status !== 'passed') continue
          expect(decideOutcome(promised, result).status).toBe('passed')
        }
      },
    ),
    { numRuns: 2_000 },
  )
  expect(fitting).toBeGreaterThan(100)
})

test('a conflict is told by what an admin or the Safe can change', () => {
  const rule = moduleRule({ quorumBps: 400, quorumChoices: 5 }, 1_000n, 0)
  const promise = (voting: Parameters<typeof ruleFor>[0]['voting']) =>
    ruleFor({ type: 'basic', choices, voting })
  expect(ruleConflict(rule, promise({}))).toBeNull()
  expect(ruleConflict(rule, promise({ quorum: 40 }))).toBeNull()
  expect(ruleConflict(rule, promise({ quorum: 1_000.5 }))).toBe(
    'The space promises a quorum of 1,000.5, and the module asks for 40: an admin can lower the one, or the Safe raise the other.',
  )
  expect(ruleConflict(rule, promise({ quorum: 40, hideAbstain: true }))).toContain('leaves Abstain out')
  expect(ruleConflict(rule, promise({ quorum: 40, quorumType: 'rejection' }))).toContain('unless enough')
})
