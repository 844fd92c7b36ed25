import fc from 'fast-check'
import { getAddress } from 'viem'
import { expect, test } from 'vitest'
import { strategyToken, tokenUnits } from './strategy-token'

const address = getAddress(`0x${'ab'.repeat(20)}`)

test('reads token and decimals, 18 unless told', () => {
  expect(strategyToken({ address: address.toLowerCase(), symbol: 'X' })).toEqual({ address, decimals: 18 })
  expect(strategyToken({ address, decimals: 6 })).toEqual({ address, decimals: 6 })
  for (const params of [
    {},
    null,
    { address: '0x12' },
    { address, decimals: -1 },
    { address, decimals: 1.5 },
  ]) {
    expect(strategyToken(params)).toBeUndefined()
  }
})

test('units are exact, and what is none is not cut off', () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: 0n, max: 2n ** 128n }),
      fc.integer({ min: 0, max: 18 }),
      (units, decimals) => {
        const token = { address, decimals }
        expect(tokenUnits(units * 10n ** BigInt(18 - decimals), token)).toBe(units)
        if (decimals < 18)
          expect(() => tokenUnits(units * 10n ** BigInt(18 - decimals) + 1n, token)).toThrow()
      },
    ),
  )
})
