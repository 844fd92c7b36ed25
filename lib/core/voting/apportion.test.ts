import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { apportion, apportionTable } from './apportion'

const weights = fc.array(fc.oneof(fc.bigInt(0n, 5n), fc.bigInt(0n, 10n ** 50n)), {
  minLength: 1,
  maxLength: 8,
})
const total = fc.oneof(fc.bigInt(0n, 20n), fc.bigInt(0n, 10n ** 40n))

describe('apportion', () => {
  it.each<[bigint, bigint[], bigint[]]>([
    [10n, [1n, 3n], [2n, 8n]],
    [10n, [61n, 39n], [6n, 4n]],
    [10n, [0n, 0n], [0n, 0n]],
    [10n, [], []],
    [5n, [1n, 1n], [2n, 2n]],
    [7n, [1n, 1n, 1n, 4n], [1n, 1n, 1n, 4n]],
    [100n, [2n, 1n, 0n], [67n, 33n, 0n]],
    [3n, [10n ** 40n, 10n ** 40n - 1n], [1n, 1n]],
  ])('%s over %s', (total, weights, shares) => {
    expect(apportion(total, weights)).toEqual(shares)
  })

  it('each share is within one unit of its exact proportion, and all together within their number', () => {
    fc.assert(
      fc.property(total, weights, (total, weights) => {
        const shares = apportion(total, weights)
        const whole = weights.reduce((sum, weight) => sum + weight, 0n)
        if (whole === 0n) return
        weights.forEach((weight, index) => {
          const apart = (shares[index] ?? 0n) * whole - total * weight
          expect(apart < 2n * whole && -apart < 2n * whole).toBe(true)
        })
        const left = total - shares.reduce((sum, share) => sum + share, 0n)
        expect(left >= 0n && left < BigInt(weights.length)).toBe(true)
      }),
    )
  })

  it('keeps the order: equals get equal shares, a larger weight never less', () => {
    fc.assert(
      fc.property(total, weights, (total, weights) => {
        const shares = apportion(total, weights)
        for (const [i, a] of weights.entries())
          for (const [j, b] of weights.entries()) {
            if (a === b) expect(shares[i]).toBe(shares[j])
            if (a > b) expect((shares[i] ?? 0n) >= (shares[j] ?? 0n)).toBe(true)
          }
      }),
    )
  })
})

it('apportionTable keeps the shape', () => {
  const rows = [
    [1n, 2n],
    [3n, 4n],
  ]
  expect(apportionTable(100n, rows)).toEqual([
    [10n, 20n],
    [30n, 40n],
  ])
})
