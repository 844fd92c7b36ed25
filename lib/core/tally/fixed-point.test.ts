import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fixedPoint, toDouble } from './fixed-point'

describe('fixedPoint', () => {
  it.each<[number, number, bigint]>([
    [0.1, 18, 10n ** 17n],
    [0, 18, 0n],
    [-0, 18, 0n],
    [40000, 18, 40000n * 10n ** 18n],
    [1e21, 0, 10n ** 21n],
    [1.5e-7, 8, 15n],
    [1.5e-7, 7, 1n],
    [1.23456789e25, 0, 12345678900000000000000000n],
    [5e-324, 18, 0n],
  ])('%d at %i decimals', (value, decimals, expected) => {
    expect(fixedPoint(value, decimals)).toBe(expected)
  })

  it.each([-1, Number.NaN, Number.POSITIVE_INFINITY])('refuses %d', (value) => {
    expect(() => fixedPoint(value)).toThrow('not an amount')
  })

  it('with enough decimals reads back as the same double', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e36, noNaN: true }), (value) => {
        expect(Number(`${fixedPoint(value, 350)}e-350`)).toBe(value)
      }),
    )
  })
})

describe('toDouble', () => {
  it.each<[bigint | string, number]>([
    [0n, 0],
    [1n, 1e-18],
    [10n ** 18n, 1],
    ['300000000000000000', 0.3],
    [2n ** 255n, Number(2n ** 255n) / 1e18],
  ])('%s', (amount, expected) => {
    expect(toDouble(amount)).toBe(expected)
  })

  it('is the double closest to an amount, as an integer or in digits', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 256n }), (amount) => {
        expect(toDouble(amount)).toBe(Number(`${amount}e-18`))
        expect(toDouble(String(amount))).toBe(toDouble(amount))
      }),
    )
  })

  it('undoes fixedPoint where 18 decimals hold every digit', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 1e36, noNaN: true }), (value) => {
        expect(toDouble(fixedPoint(value))).toBe(value)
      }),
    )
  })
})
