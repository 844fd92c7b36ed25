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
const odd = fc.constantFrom<FieldValue>('', ' ', '\0', '\ud800', -1, 0.5, 2 ** 53, '1', '0x1', [], ['x'])
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
  const names = definition.fields.map(({ name }) => name)
  return fc.record({
    definition: fc.constant(definition),
    domain: fc.record({ chainId: fc.maxSafeNat() }, { requiredKeys: [] }),
    sig: fc.oneof(
      { arbitrary: hex(65), weight: 9 },
      { arbitrary: fc.constantFrom('0x', '0x1', '0xAB'), weight: 1 },
    ),
    acceptedAtMs: fc.maxSafeNat(),
    honest: fc.record(Object.fromEntries(fields)),
    other: fc.record(Object.fromEntries(fields)),
    change: fc.option(fc.tuple(fc.constantFrom(...names, 'extra'), odd), { freq: 2 }),
    isReversed: fc.integer({ min: 0, max: 9 }).map((number) => number === 0),
  })
})

function read(line: LineOf<'ballot'>, form: MessageForm) {
  const findings = new Findings(bundleChecks)
  const message = readMessage(line, form, findings)
  return { message, failed: findings.checks().filter(({ status }) => status === 'failed') }
}

it('reads under a known form what it reads under a new one, for every definition and any values', () => {
  let plain = 0
  fc.assert(
    fc.property(cases, ({ definition, domain, sig, acceptedAtMs, honest, other, change, isReversed }) => {
      const form = () => ({
        domain: { name: 'snapshot', version: '0.1.4', ...domain },
        types: definition.types,
      })
      const lineOf = (message: object) =>
        ({
          kind: 'ballot',
          index: 0,
          acceptedAtMs,
          form: 0,
          sig,
          message,
          status: 'counted',
          power: [],
        }) as unknown as LineOf<'ballot'>
      const known: MessageForm = form()
      read(
        lineOf({ ...honest, ...(definition.kind === 'vote' && { proposal: `0x${'ab'.repeat(32)}` }) }),
        known,
      )
      const values = Object.entries({ ...other, ...(change && { [change[0]]: change[1] }) })
      const line = lineOf(Object.fromEntries(isReversed ? values.reverse() : values))

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
  expect(plain).toBeGreaterThan(100)
})

it('knows a form after one message under it', () => {
  const { types, fields } = latestDefinition('vote')
  const form: MessageForm = { domain: { name: 'snapshot', version: '0.1.4' }, types }
  const values = { from: `0x${'00'.repeat(20)}`, timestamp: 1, choice: 1, space: 'dao' }
  const message = Object.fromEntries(fields.map(({ name }) => [name, { ...values }[name] ?? '']))
  const line = { kind: 'ballot', index: 0, acceptedAtMs: 1, form: 0, sig: '0x', message, status: 'counted' }
  expect(form.known).toBeUndefined()
  expect(read({ ...line, power: [] } as unknown as LineOf<'ballot'>, form).failed).toEqual([])
  expect(form.known).toBeDefined()
})
