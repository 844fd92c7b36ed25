import fc from 'fast-check'
import { expect, it } from 'vitest'
import { AppError } from '../errors'
import { latestDefinition } from './definitions'
import { parseEnvelope } from './parse-envelope'
import { resolveMessage } from './resolve-message'
import vectors from './vectors/envelopes.json'

const address = '0x19E7E376E7C213B7E7e7e46cc70A5dD086DAff2A'
const sig = `0x${'11'.repeat(65)}`
const message = {
  from: address,
  space: 'a.eth',
  timestamp: 1700000000,
  proposal: `0x${'22'.repeat(32)}`,
  choice: 1,
  reason: '',
  app: '',
  metadata: '{}',
}
const data = {
  domain: { name: 'snapshot', version: '0.1.4' },
  types: latestDefinition('vote').types,
  message,
}
const body = { address, sig, data }

it('lets through what clients send', () => {
  expect(parseEnvelope(body)).toBe(body)
  expect(parseEnvelope({ ...body, sig: '0x', data: { ...data, primaryType: 'Vote' } }).sig).toBe('0x')
  expect(() =>
    parseEnvelope({ ...body, data: { ...data, message: { ...message, privacy: '' } } }),
  ).not.toThrow()
})

const wrong: [string, unknown][] = [
  ['nothing', undefined],
  ['an unknown key at the top', { ...body, hash: '0x' }],
  ['an unknown key in data', { ...body, data: { ...data, extra: 1 } }],
  ['a lower-case signer', { ...body, address: address.toLowerCase() }],
  ['no sender', { ...body, data: { ...data, message: { ...message, from: undefined } } }],
  [
    'a lower-case sender',
    { ...body, data: { ...data, message: { ...message, from: address.toLowerCase() } } },
  ],
  ['a timestamp as text', { ...body, data: { ...data, message: { ...message, timestamp: '1700000000' } } }],
  ['a space with a blank', { ...body, data: { ...data, message: { ...message, space: 'a b' } } }],
  ['an empty space', { ...body, data: { ...data, message: { ...message, space: '' } } }],
  ['a list for a domain', { ...body, data: { ...data, domain: [] } }],
]

it.each(wrong)('refuses %s', (_, wrongBody) => {
  expect(() => parseEnvelope(wrongBody)).toThrow('wrong envelope format')
})

const felt = `0x${'0'.repeat(63)}1`

it.each([
  ['account', { ...body, address: felt }],
  ['principal', { ...body, data: { ...data, message: { ...message, from: felt } } }],
  ['signature', { ...body, sig: ['0x1', '0x2'] }],
])('says that a Starknet %s is not supported', (_, starknet) => {
  expect(() => parseEnvelope(starknet)).toThrow(
    'Starknet signatures are not supported here: sign with an Ethereum account.',
  )
})

it('refuses more than 100 000 characters, and nesting that no stack can follow', () => {
  const padding = 'x'.repeat(100_000 - JSON.stringify(body).length)
  const padded = (text: string) => ({ ...body, data: { ...data, message: { ...message, reason: text } } })
  expect(() => parseEnvelope(padded(padding))).not.toThrow()
  expect(() => parseEnvelope(padded(`${padding}x`))).toThrow('too large message')
  const compact = padded(`${padding}${'x'.repeat(body.sig.length - 130)}`)
  expect(() => parseEnvelope({ ...compact, sig: body.sig.slice(0, 130) })).toThrow('too large message')
  const deep = JSON.parse(`${'['.repeat(1e6)}${']'.repeat(1e6)}`)
  expect(() => parseEnvelope({ ...body, data: { ...data, message: { ...message, deep } } })).toThrow(
    'too large message',
  )
})

it('refuses a signature that is no hex', () => {
  expect(() => parseEnvelope({ ...body, sig: 'sig' })).toThrow('signature validation failed')
  expect(() => parseEnvelope({ ...body, sig: '0x123' })).toThrow('signature validation failed')
})

it('refuses with an AppError whatever arrives', () => {
  /** A good request with some values, anywhere in it, replaced by others. */
  const mutated = fc
    .tuple(
      fc.constantFrom(...vectors.map(({ text }) => text)),
      fc.array(
        fc.tuple(
          fc.nat(),
          fc.oneof(
            fc.jsonValue(),
            fc.string().map((text) => `"${text}"`),
          ),
          fc.boolean(),
        ),
        {
          maxLength: 3,
        },
      ),
    )
    .map(([text, changes]) => {
      const { hash: _, ...request } = JSON.parse(text)
      for (const [at, value, isDeleted] of changes) {
        const places: [Record<string, unknown>, string][] = []
        JSON.stringify(request, function (this: Record<string, unknown>, key, inner) {
          if (key !== '') places.push([this, key])
          return inner
        })
        const [holder, key] = places[at % places.length] ?? [request, 'sig']
        if (isDeleted) delete holder[key]
        else holder[key] = value
      }
      return request
    })
  let accepted = 0
  fc.assert(
    fc.property(fc.oneof(fc.jsonValue(), fc.anything(), mutated), (arbitrary) => {
      try {
        resolveMessage(parseEnvelope(arbitrary))
        accepted += 1
      } catch (error) {
        expect(error).toBeInstanceOf(AppError)
        expect((error as AppError).code).toBe('invalid')
      }
    }),
    { numRuns: 3000 },
  )
  expect(accepted).toBeGreaterThan(100)
})
