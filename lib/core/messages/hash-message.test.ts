import fc from 'fast-check'
import { hashTypedData } from 'viem/utils'
import { expect, it } from 'vitest'
import { definitions } from './definitions'
import { type Domain, hashMessage } from './hash-message'
import { type FieldValue, normaliseValue } from './normalise-value'

const hex = (length: number) =>
  fc
    .uint8Array({ minLength: length, maxLength: length })
    .map((bytes) => `0x${Buffer.from(bytes).toString('hex')}`)
const address = hex(20).map((value) => normaliseValue('address', value) as `0x${string}`)
const scalars: Record<string, fc.Arbitrary<string | number>> = {
  string: fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ maxLength: 300 })),
  address,
  bytes32: hex(32),
  uint32: fc.nat({ max: 2 ** 32 - 1 }),
  uint64: fc.maxSafeNat(),
}

function arbitraryOf(type: string): fc.Arbitrary<FieldValue> {
  const scalar = scalars[type.replace('[]', '')]
  if (!scalar) throw new Error(`no arbitrary for ${type}`)
  return type.endsWith('[]') ? (fc.array(scalar, { maxLength: 5 }) as fc.Arbitrary<FieldValue>) : scalar
}

const domain = fc.record(
  {
    name: fc.string(),
    version: fc.string(),
    chainId: fc.maxSafeNat(),
    verifyingContract: address,
    salt: hex(32),
  },
  { requiredKeys: ['name', 'version'] },
) as fc.Arbitrary<Domain>

const signable = definitions.filter(({ types }) => !('StarkNetDomain' in types))

it("equals viem's hashTypedData for every definition, any domain and any values", () => {
  const cases = fc.constantFrom(...signable).chain((definition) =>
    fc.record({
      definition: fc.constant(definition),
      domain,
      message: fc.record(
        Object.fromEntries(definition.fields.map(({ name, type }) => [name, arbitraryOf(type)])),
      ),
    }),
  )
  fc.assert(
    fc.property(cases, ({ definition, domain, message }) => {
      const { types, primaryType } = definition
      const expected = hashTypedData({ domain, types, primaryType, message } as Parameters<
        typeof hashTypedData
      >[0])
      expect(hashMessage(definition, domain, message)).toBe(expected)
      // Once more, now that its texts and domain are remembered.
      expect(hashMessage(definition, domain, message)).toBe(expected)
    }),
    { numRuns: 1500 },
  )
})
