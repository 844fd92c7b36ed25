import fc from 'fast-check'
import { expect, it } from 'vitest'
import { integerSqrt } from './integer-sqrt'

it('is the largest integer whose square fits', () => {
  const values = fc.oneof(
    fc.bigInt(0n, 100n),
    fc.bigInt(0n, 2n ** 600n),
    fc.bigInt(0n, 2n ** 300n).map((n) => n * n),
  )
  fc.assert(
    fc.property(values, (value) => {
      const root = integerSqrt(value)
      expect(root * root <= value && (root + 1n) ** 2n > value).toBe(true)
    }),
    { numRuns: 1000 },
  )
})
