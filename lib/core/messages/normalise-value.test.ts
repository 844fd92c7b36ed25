import fc from 'fast-check'
import { expect, it } from 'vitest'
import { normaliseValue } from './normalise-value'

const CHECKSUMMED = '0x19E7E376E7C213B7E7e7e46cc70A5dD086DAff2A'

it.each([
  ['uint32', 1, 1],
  ['uint32', '1', 1],
  ['uint32', '0x1', 1],
  ['uint32', '007', 7],
  ['uint32', -0, 0],
  ['uint32', 2 ** 32 - 1, 2 ** 32 - 1],
  ['uint32', 2 ** 32, undefined],
  ['uint32', 1.5, undefined],
  ['uint32', -1, undefined],
  ['uint32', '', undefined],
  ['uint32', ' 1', undefined],
  ['uint32', '1e3', undefined],
  ['uint32', true, undefined],
  ['uint32', null, undefined],
  ['uint32', [1], undefined],
  ['uint64', Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
  ['uint64', String(2n ** 53n), undefined],
  ['uint32[]', ['1', 2, '0x3'], [1, 2, 3]],
  ['uint32[]', [], []],
  ['uint32[]', [1, 1.5], undefined],
  ['uint32[]', 1, undefined],
  ['uint32[]', { 0: 1, length: 1 }, undefined],
  ['string', 'x', 'x'],
  ['string', 1, undefined],
  ['string', '\ud800', undefined],
  ['string', 'a\0b', undefined],
  ['string', '\u{1F5F3}', '\u{1F5F3}'],
  ['string[]', ['a', 1], undefined],
  ['address', CHECKSUMMED.toLowerCase(), CHECKSUMMED],
  ['address', CHECKSUMMED, CHECKSUMMED],
  ['address', CHECKSUMMED.replace('E7E', 'e7E'), undefined],
  ['address', '0x19', undefined],
  ['bytes32', `0x${'AB'.repeat(32)}`, `0x${'ab'.repeat(32)}`],
  ['bytes32', '0xab', undefined],
  ['felt', 1, undefined],
])('%s %j is %j', (type, value, expected) => {
  expect(normaliseValue(type, value)).toEqual(expected)
})

it('has one form: normalising twice changes nothing', () => {
  const types = fc.constantFrom('string', 'address', 'bytes32', 'uint32', 'uint64', 'uint32[]', 'string[]')
  const values = fc.oneof(
    fc.jsonValue(),
    fc.nat().map(String),
    fc.nat(),
    fc.array(fc.nat().map((n) => `0x${n.toString(16)}`)),
  )
  fc.assert(
    fc.property(types, values, (type, value) => {
      const once = normaliseValue(type, value)
      if (once !== undefined) expect(normaliseValue(type, once)).toEqual(once)
    }),
  )
})
