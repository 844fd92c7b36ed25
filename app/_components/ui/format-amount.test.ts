import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compactAmount, exactAmount, percent, permille, shortAmount } from './format-amount'

const whole = 10n ** 18n

describe('amounts', () => {
  test('read well and stay exact on demand', () => {
    expect(shortAmount(120_000n * whole)).toBe('120,000')
    expect(shortAmount(1250n * whole + whole / 2n)).toBe('1,250')
    expect(exactAmount(1250n * whole + whole / 2n)).toBe('1,250.5')
    expect(shortAmount(whole / 3n)).toBe('0.3333')
    expect(compactAmount(1_234_567n * whole)).toBe('1.23M')
    expect(compactAmount(999n * whole)).toBe('999')
  })

  test('no trace of power reads as none', () => {
    fc.assert(fc.property(fc.bigInt({ min: 1n, max: 10n ** 40n }), (value) => shortAmount(value) !== '0'))
  })
})

describe('shares', () => {
  test('lie between 0 and 1000 permille and never divide by nothing', () => {
    const amount = fc.bigInt({ min: 0n, max: 10n ** 40n })
    fc.assert(
      fc.property(amount, amount, (a, b) => {
        const share = permille(a, a + b)
        return share >= 0 && share <= 1000
      }),
    )
    expect(percent(0n, 0n)).toBe('0.0%')
    expect(percent(2n, 3n)).toBe('66.7%')
  })
})
