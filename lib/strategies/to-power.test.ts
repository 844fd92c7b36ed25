import fc from 'fast-check'
import { parseUnits } from 'viem'
import { expect, test } from 'vitest'
import { toPower } from './to-power'

const units = fc.bigInt(0n, 2n ** 256n - 1n)

test('one whole token is one whole vote, whatever its decimals', () => {
  for (let decimals = 0; decimals <= 77; decimals++) {
    expect(toPower(10n ** BigInt(decimals), decimals)).toBe(parseUnits('1', 18))
  }
})

test('up to 18 decimals nothing is lost: sums of power are power of sums', () => {
  fc.assert(
    fc.property(units, units, fc.nat(18), (a, b, decimals) => {
      expect(toPower(a, decimals) + toPower(b, decimals)).toBe(toPower(a + b, decimals))
    }),
  )
})

test('beyond 18 decimals splitting tokens over accounts gains nothing', () => {
  fc.assert(
    fc.property(units, units, fc.integer({ min: 19, max: 77 }), (a, b, decimals) => {
      const [split, whole] = [toPower(a, decimals) + toPower(b, decimals), toPower(a + b, decimals)]
      expect(split <= whole && whole - split <= 1n).toBe(true)
    }),
  )
})
