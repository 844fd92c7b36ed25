import fc from 'fast-check'
import { parseUnits } from 'viem'
import { expect, test } from 'vitest'
import { compute, integerCbrt, type Operation, operations } from './math-operations'

const units = (text: string) => parseUnits(text, 18)

// What Snapshot's documentation of the strategy says of each.
test.each<[Operation, string[], string]>([
  ['square-root', ['2'], '1.414213562373095048'],
  ['square-root', ['0.0001'], '0.01'],
  ['cube-root', ['27'], '3'],
  ['cube-root', ['2'], '1.259921049894873164'],
  ['min', ['1', '2'], '1'],
  ['max', ['1', '2'], '2'],
  ['a-if-lt-b', ['99', '0', '100'], '0'],
  ['a-if-lt-b', ['100', '0', '100'], '100'],
  ['a-if-lte-b', ['100', '0', '100'], '0'],
  ['a-if-gt-b', ['100', '7', '100'], '100'],
  ['a-if-gt-b', ['100.1', '7', '100'], '7'],
  ['a-if-gte-b', ['100', '7', '100'], '7'],
  ['multiply', ['1.5', '3'], '4.5'],
  ['minus', ['3', '1.5'], '1.5'],
  ['minus', ['1', '2'], '0'],
  ['divide', ['1', '3'], '0.333333333333333333'],
])('%s of %j is %s', (operation, operands, expected) => {
  expect(operands).toHaveLength(operations[operation].operands)
  expect(compute(operation, operands.map(units))).toBe(units(expected))
})

const power = fc.bigInt(0n, 2n ** 256n)

test('a cube root is the largest integer whose cube fits', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        power,
        fc.bigInt(0n, 100n),
        fc.bigInt(0n, 2n ** 90n).map((n) => n ** 3n),
      ),
      (n) => {
        const root = integerCbrt(n)
        expect(root ** 3n <= n && (root + 1n) ** 3n > n).toBe(true)
      },
    ),
  )
})

test('no result is below zero, and only a division by zero has none', () => {
  const names = Object.keys(operations) as Operation[]
  fc.assert(
    fc.property(fc.constantFrom(...names), power, power, power, (operation, x, a, b) => {
      const result = compute(operation, [x, a, b])
      expect(result === undefined).toBe(operation === 'divide' && a === 0n)
      expect((result ?? 0n) >= 0n).toBe(true)
    }),
  )
})

test('laws of arithmetic', () => {
  const one = units('1')
  fc.assert(
    fc.property(power, power, (x, y) => {
      const value = (operation: Operation, ...operands: bigint[]) => compute(operation, operands) ?? -1n
      expect(value('min', x, y) + value('max', x, y)).toBe(x + y)
      expect(value('min', x, y)).toBe(value('min', y, x))
      expect(value('multiply', x, y)).toBe(value('multiply', y, x))
      expect(value('multiply', x, one)).toBe(x)
      expect(value('divide', x, one)).toBe(x)
      expect(value('minus', x, y) + value('min', x, y)).toBe(x)
      expect(value('a-if-lt-b', x, y, x)).toBe(x)
      expect(value('a-if-gte-b', x, y, x)).toBe(y)
      // Rounded down: never more than the exact root.
      const root = value('square-root', x)
      expect(value('multiply', root, root) <= x).toBe(true)
      const [low, high] = x < y ? [x, y] : [y, x]
      expect(value('square-root', low) <= value('square-root', high)).toBe(true)
      expect(value('cube-root', low) <= value('cube-root', high)).toBe(true)
    }),
  )
})
