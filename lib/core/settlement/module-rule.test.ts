import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decideOutcome } from '../proposal/decide-outcome'
import { decisionRuleSchema } from '../proposal/rule'
import { moduleRule, quorumOptions } from './module-rule'

const power = fc.oneof(fc.bigInt({ min: 0n, max: 30n }), fc.bigInt({ min: 0n, max: 2n ** 126n }))
const question = fc.record({
  quorumBps: fc.oneof(fc.integer({ min: 1, max: 10_000 }), fc.constantFrom(1, 3_333, 5_000, 10_000)),
  quorumChoices: fc.integer({ min: 1, max: 7 }),
  decimals: fc.integer({ min: 0, max: 18 }),
  powers: fc.tuple(power, power, power),
  silent: power,
})

/** `TallyModule._outcome`, written out in the contract's terms. */
function passesOnChain(
  bps: number,
  choices: number,
  [pro, contra, abstain]: bigint[],
  total: bigint,
): boolean {
  let counted = 0n
  if (choices & 1) counted += pro ?? 0n
  if (choices & 2) counted += contra ?? 0n
  if (choices & 4) counted += abstain ?? 0n
  return counted * 10_000n >= BigInt(bps) * total && (pro ?? 0n) > (contra ?? 0n)
}

test('passes exactly what the contract passes', () => {
  let passed = 0
  let missed = 0
  fc.assert(
    fc.property(question, ({ quorumBps, quorumChoices, decimals, powers, silent }) => {
      const voted = powers.reduce((sum, amount) => sum + amount, 0n)
      const total = voted + silent
      const rule = moduleRule({ quorumBps, quorumChoices }, total, decimals)
      const scale = 10n ** BigInt(18 - decimals)
      const scores = powers.map((amount) => amount * scale)
      const { status, quorum } = decideOutcome(rule, { scores, total: voted * scale })
      const passes = passesOnChain(quorumBps, quorumChoices, powers, total)
      expect(status === 'passed').toBe(passes)
      expect(decisionRuleSchema.parse(JSON.parse(JSON.stringify(rule)))).toEqual(rule)
      passed += Number(passes)
      missed += Number(quorum?.met === false)
    }),
    { numRuns: 2_000 },
  )
  expect(Math.min(passed, missed)).toBeGreaterThan(100)
})

test('at the quorum itself it is met, one unit below it is missed', () => {
  const rule = moduleRule({ quorumBps: 3_333, quorumChoices: 7 }, 100n, 0)
  const status = (pro: bigint) => decideOutcome(rule, { scores: [pro, 0n, 0n], total: pro }).status
  expect(rule).toEqual({
    kind: 'majority',
    quorum: { required: (34n * 10n ** 18n).toString(), counted: [1, 2, 3] },
  })
  expect(status(34n * 10n ** 18n)).toBe('passed')
  expect(status(34n * 10n ** 18n - 1n)).toBe('quorum-missed')
})

test('bits name options', () => {
  expect([1, 2, 3, 4, 5, 6, 7].map((quorumChoices) => quorumOptions({ quorumChoices }))).toEqual([
    [1],
    [2],
    [1, 2],
    [3],
    [1, 3],
    [2, 3],
    [1, 2, 3],
  ])
})
