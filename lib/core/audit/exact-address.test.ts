import fc from 'fast-check'
import { expect, it } from 'vitest'
import { checksumAddress } from '../messages/checksum-address'
import { isExactAddress } from './exact-address'

it('agrees with checksumAddress about every address in any letters, and about what is none', () => {
  const digits = fc
    .uint8Array({ minLength: 20, maxLength: 20 })
    .map((bytes) => Buffer.from(bytes).toString('hex'))
  const exact = digits.map((hex) => checksumAddress(`0x${hex}`))
  const flipped = fc.tuple(exact, fc.nat(41)).map(([address = '0x', at]) => {
    const other =
      address[at] === address[at]?.toLowerCase() ? address[at]?.toUpperCase() : address[at]?.toLowerCase()
    return address.slice(0, at) + other + address.slice(at + 1)
  })
  fc.assert(
    fc.property(
      fc.oneof(
        exact,
        flipped,
        digits.map((hex) => `0x${hex}`),
        fc.anything(),
      ),
      (value) => {
        expect(isExactAddress(value)).toBe(value !== undefined && checksumAddress(value) === value)
      },
    ),
    { numRuns: 2000 },
  )
})
