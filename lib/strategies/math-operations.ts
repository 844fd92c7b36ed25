import { integerSqrt } from '../core/voting/integer-sqrt'

const ONE = 10n ** 18n

/** The most power that can be counted: all that a token without decimals can say. */
export const MAX_POWER = 2n ** 256n * ONE

/** One of Snapshot's operations, on 18-decimal fixed point that is never negative. */
interface Definition {
  readonly operands: 1 | 2 | 3
  /** Exact or rounded down; undefined where there is no result. */
  readonly compute: (x: bigint, a: bigint, b: bigint) => bigint | undefined
  /** In words, of the operands in words. */
  readonly say: (operands: readonly string[]) => string
}

export const operations = {
  'square-root': {
    operands: 1,
    compute: (x) => integerSqrt(x * ONE),
    say: ([x]) => `The square root of ${x}`,
  },
  'cube-root': {
    operands: 1,
    compute: (x) => integerCbrt(x * ONE * ONE),
    say: ([x]) => `The cube root of ${x}`,
  },
  min: {
    operands: 2,
    // biome-ignore lint/complexity/useMathMinMax: Math.min takes no bigint.
    compute: (x, a) => (x < a ? x : a),
    say: ([x, a]) => `The smaller of ${x} and ${a}`,
  },
  max: {
    operands: 2,
    // biome-ignore lint/complexity/useMathMinMax: Math.max takes no bigint.
    compute: (x, a) => (x > a ? x : a),
    say: ([x, a]) => `The larger of ${x} and ${a}`,
  },
  'a-if-lt-b': {
    operands: 3,
    compute: (x, a, b) => (x < b ? a : x),
    say: ([x, a, b]) => `${x}, but ${a} where that is less than ${b}`,
  },
  'a-if-lte-b': {
    operands: 3,
    compute: (x, a, b) => (x <= b ? a : x),
    say: ([x, a, b]) => `${x}, but ${a} where that is at most ${b}`,
  },
  'a-if-gt-b': {
    operands: 3,
    compute: (x, a, b) => (x > b ? a : x),
    say: ([x, a, b]) => `${x}, but ${a} where that is more than ${b}`,
  },
  'a-if-gte-b': {
    operands: 3,
    compute: (x, a, b) => (x >= b ? a : x),
    say: ([x, a, b]) => `${x}, but ${a} where that is at least ${b}`,
  },
  multiply: {
    operands: 2,
    compute: (x, a) => (x * a) / ONE,
    say: ([x, a]) => `${x} times ${a}`,
  },
  minus: {
    operands: 2,
    compute: (x, a) => (x > a ? x - a : 0n),
    say: ([x, a]) => `${x} minus ${a}, never below 0`,
  },
  divide: {
    operands: 2,
    compute: (x, a) => (a === 0n ? undefined : (x * ONE) / a),
    say: ([x, a]) => `${x} divided by ${a}`,
  },
} as const satisfies Record<string, Definition>

export type Operation = keyof typeof operations

/** The result of an operation on as many operands as it takes; undefined where there is none. */
export function compute(
  operation: Operation,
  [x = 0n, a = 0n, b = 0n]: readonly bigint[],
): bigint | undefined {
  const { compute }: Definition = operations[operation]
  return compute(x, a, b)
}

/** The largest integer whose cube is at most `value` (not negative), by Newton's iteration from above. */
export function integerCbrt(value: bigint): bigint {
  if (value < 2n) return value
  let root = 1n << BigInt(Math.ceil((value.toString(2).length + 2) / 3))
  for (;;) {
    const next = (2n * root + value / (root * root)) / 3n
    if (next >= root) return root
    root = next
  }
}
