import fc from 'fast-check'
import { expect, it } from 'vitest'
import { definitions, latestDefinition } from '../messages/definitions'
import { type FieldValue, normaliseValue } from '../messages/normalise-value'
import type { LineOf } from './bundle-line'
import { bundleChecks, Findings } from './findings'
import { type MessageForm, readMessage } from './read-message'

const hex = (length: number) =>
  fc
    .uint8Array({ minLength: length, maxLength: length })
    .map((bytes) => `0x${Buffer.from(bytes).toString('hex')}`)
const address = hex(20).map((value) => normaliseValue('address', value) as string)
/** Values that are none of a type, or not written as they should be. */
const odd: Record<string, readonly unknown[]> = {
  string: ['a b', '\0', '\ud800', 1, ['a']],
  address: [`0x${'ab'.repeat(20)}`, '0x', 1],
  bytes32: [`0x${'AB'.repeat(32)}`, '0x', 1],
  uint32: ['1', '0x1', -1, 0.5, 2 ** 32],
  uint64: ['1', '0x1', -1, 0.5, 2 ** 53],
  'uint32[]': [['1'], [1, -1], 1, ['x']],
  'string[]': [['\0'], [1], 'a'],
}
const scalars: Record<string, fc.Arbitrary<string | number>> = {
  string: fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('{}', '"\\\u2028\u007f')),
  address,
  bytes32: hex(32),
  uint32: fc.nat({ max: 2 ** 32 - 1 }),
  uint64: fc.maxSafeNat(),
}

function arbitraryOf(type: string): fc.Arbitrary<FieldValue> {
  const scalar = scalars[type.replace('[]', '')]
  if (!scalar) throw new Error(`no arbitrary for ${type}`)
  return type.endsWith('[]') ? (fc.array(scalar, { maxLength: 4 }) as fc.Arbitrary<FieldValue>) : scalar
}

const signable = definitions.filter(
  ({ types, fields }) => !('StarkNetDomain' in types) && fields.some(({ name }) => name === 'timestamp'),
)
const cases = fc.constantFrom(...signable).chain((definition) => {
  const fields = definition.fields.map(({ name, type }) => {
    if (name === 'from') return [name, address] as const
    return [name, name === 'space' ? fc.constant('dao.eth') : arbitraryOf(type)] as const
  })
  const twists = definition.fields.flatMap(({ name, type }) =>
    (odd[type] ?? []).map((value) => [name, value] as const),
  )
  return fc.record({
    definition: fc.constant(definition),
    domain: fc.record({ chainId: fc.maxSafeNat() }, { requiredKeys: [] }),
    sig: fc.oneof(
      { arbitrary: hex(65), weight: 9 },
      { arbitrary: fc.constantFrom('0x', '0x1', '0xAB'), weight: 1 },
    ),
    acceptedAtMs: fc.maxSafeNat(),
    message: fc.record(Object.fromEntries(fields)),
    change: fc.option(fc.constantFrom(...twists, ['from', `0x${'ab'.repeat(20)}`], ['extra', 1]), {
      freq: 2,
    }),
    isReversed: fc.integer({ min: 0, max: 9 }).map((number) => number === 0),
  })
})

const usual: Record<string, FieldValue> = {
  ...{ from: `0x${'00'.repeat(20)}`, space: 'dao.eth' },
  ...{ string: 'x', address: `0x${'00'.repeat(20)}`, bytes32: `0x${'ab'.repeat(32)}`, uint32: 1, uint64: 1 },
  ...{ 'uint32[]': [1], 'string[]': ['x'] },
}

function lineOf(message: object, sig: string, acceptedAtMs: number) {
  const place = { kind: 'ballot', index: 0, acceptedAtMs, form: 0 }
  return { ...place, sig, message, status: 'counted', power: [] } as unknown as LineOf<'ballot'>
}

function read(line: LineOf<'ballot'>, form: MessageForm) {
  const findings = new Findings(bundleChecks)
  const message = readMessage(line, form, findings)
  return { message, failed: findings.checks().filter(({ status }) => status === 'failed') }
}

it('reads under a known form what it reads under a new one, for every definition and any values', () => {
  let plain = 0
  fc.assert(
    fc.property(cases, ({ definition, domain, sig, acceptedAtMs, message, change, isReversed }) => {
      const form = () => ({
        domain: { name: 'snapshot', version: '0.1.4', ...domain },
        types: definition.types,
      })
      const known: MessageForm = form()
      const first = definition.fields.map(({ name, type }) => [name, usual[name] ?? usual[type]])
      expect(read(lineOf(Object.fromEntries(first), '0x', 1), known).failed).toEqual([])
      const values = Object.entries({ ...message, ...(change && { [change[0]]: change[1] }) })
      const line = lineOf(Object.fromEntries(isReversed ? values.reverse() : values), sig, acceptedAtMs)

      const right = read(line, form())
      expect(read(line, known)).toEqual(right)
      // What is left to the other way fails now; what is not has nothing against it.
      const alone = read(line, { ...known, types: {} })
      if (!alone.message) return
      plain += 1
      expect(alone).toEqual({ message: right.message, failed: [] })
      expect(right.failed).toEqual([])
    }),
    { numRuns: 800 },
  )
  expect(plain).toBeGreaterThan(200)
})

it('knows a form after one message under it', () => {
  const { types, fields } = latestDefinition('vote')
  const form: MessageForm = { domain: { name: 'snapshot', version: '0.1.4' }, types }
  const message = Object.fromEntries(fields.map(({ name, type }) => [name, usual[name] ?? usual[type]]))
  expect(form.known).toBeUndefined()
  expect(read(lineOf(message, '0x', 1), form).failed).toEqual([])
  expect(form.known).toBeDefined()
})
