/** The largest integer whose square is at most `value` (not negative), by Newton's iteration from above. */
export function integerSqrt(value: bigint): bigint {
  if (value < 2n) return value
  let root = 1n << BigInt(2 * value.toString(16).length)
  for (;;) {
    const next = (root + value / root) >> 1n
    if (next >= root) return root
    root = next
  }
}
