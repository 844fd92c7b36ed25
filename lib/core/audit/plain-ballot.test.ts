import fc from 'fast-check'
import { expect, it } from 'vitest'
import { bundleLineSchema } from './bundle-line'
import { isPlainBallot } from './plain-ballot'

const number = fc.oneof(fc.nat(), fc.constantFrom(-1, 0.5, 2 ** 53, Number.NaN, Number.POSITIVE_INFINITY, -0))
const text = fc.oneof(
  fc.string(),
  fc.constantFrom('0x', '0xab', '0xAB', '0xabc', '0', '01', '-1', '9'.repeat(120), '9'.repeat(121)),
)
const value = fc.oneof(
  number,
  text,
  fc.array(fc.oneof(number, text), { maxLength: 3 }),
  fc.array(text, { maxLength: 3 }),
  fc.anything({ maxDepth: 2 }),
)
const good = {
  kind: 'ballot',
  index: 3,
  acceptedAtMs: 1_700_000_000_000,
  form: 0,
  sig: '0xab',
  message: { from: '0x1', choice: [1, 2] } as Record<string, unknown>,
  status: 'counted',
  power: ['1', '0'],
}
/** A ballot with some fields changed, added or left out, of the line or of its message. */
const nearly = fc
  .record(
    {
      change: fc.dictionary(fc.constantFrom(...Object.keys(good), 'contract', 'extra'), value, {
        maxKeys: 2,
      }),
      message: fc.dictionary(fc.oneof(fc.string(), fc.constantFrom('from', '__proto__')), value, {
        maxKeys: 3,
      }),
      left: fc.option(fc.constantFrom(...Object.keys(good))),
    },
    { noNullPrototype: true },
  )
  .map(({ change, message, left }) =>
    Object.fromEntries(Object.entries({ ...good, message, ...change }).filter(([key]) => key !== left)),
  )

it('takes for a ballot only what the schema takes for one', () => {
  let plain = 0
  fc.assert(
    fc.property(nearly, (line) => {
      if (!isPlainBallot(line)) return
      plain += 1
      expect(bundleLineSchema.safeParse(line).success).toBe(true)
    }),
    { numRuns: 5000 },
  )
  expect(plain).toBeGreaterThan(100)
})

it('takes the usual ones for ballots, and leaves those of contracts to the schema', () => {
  const contract = { method: 'eip1271', network: '1', block: 1, blockHash: `0x${'ab'.repeat(32)}` }
  expect(isPlainBallot(good)).toBe(true)
  expect(isPlainBallot({ ...good, contract })).toBe(false)
})

it.each<[string, object]>([
  ['of another kind', { kind: 'message' }],
  ['with a field more', { extra: 1 }],
  ['with a negative index', { index: -1 }],
  ['with a time beyond 2^53', { acceptedAtMs: 2 ** 53 }],
  ['with a form that is no number', { form: '0' }],
  ['with a signature in capitals', { sig: '0xAB' }],
  ['with a message that is a list', { message: [] }],
  ['with a value that is an object', { message: { choice: {} } }],
  ['with a value that is a mixed list', { message: { choice: [1, '2'] } }],
  ['with an unknown status', { status: 'lost' }],
  ['with a power that is a number', { power: [1] }],
  ['with a power that begins with 0', { power: ['01'] }],
  ['with 65 powers', { power: Array(65).fill('1') }],
])('does not take one %s, nor does the schema', (_, change) => {
  expect(isPlainBallot({ ...good, ...change })).toBe(false)
  expect(bundleLineSchema.safeParse({ ...good, ...change }).success).toBe(false)
})
