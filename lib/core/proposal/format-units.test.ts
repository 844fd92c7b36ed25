import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatUnits } from './format-units'

const tokens = 10n ** 18n

describe('formatUnits', () => {
  it.each<[bigint, Parameters<typeof formatUnits>[1], string]>([
    [0n, {}, '0'],
    [40_000n * tokens, {}, '40,000'],
    [1_234_567_891n * 10n ** 15n, {}, '1,234,567.89'],
    [39_999_999n * 10n ** 15n, {}, '39,999.99'],
    [5n * 10n ** 17n, {}, '0.5'],
    [1n, {}, '<0.01'],
    [-1n, {}, '>-0.01'],
    [1n, { fraction: 0 }, '<1'],
    [-1_500n * tokens, {}, '-1,500'],
    [1n, { fraction: 'exact' }, '0.000000000000000001'],
    [1_000n * tokens + 1n, { fraction: 'exact' }, '1,000.000000000000000001'],
    [1_234_567n, { decimals: 6 }, '1.23'],
    [1_234n, { decimals: 0 }, '1,234'],
    [999n * tokens, { fraction: 0 }, '999'],
  ])('%s %j: %s', (amount, options, words) => {
    expect(formatUnits(amount, options)).toBe(words)
  })

  it('exact digits read back as the amount', () => {
    fc.assert(
      fc.property(fc.bigInt(-(10n ** 40n), 10n ** 40n), fc.nat(20), (amount, decimals) => {
        const words = formatUnits(amount, { decimals, fraction: 'exact' }).replaceAll(',', '')
        const [whole = '', fraction = ''] = words.split('.')
        expect(BigInt(whole + fraction.padEnd(decimals, '0'))).toBe(amount)
      }),
    )
  })
})
