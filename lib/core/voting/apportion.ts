/** Shares are compared to 27 decimals, so that what was cut off while summing cannot break a tie. */
const GUARD = 10n ** 9n

/**
 * Splits `total` in proportion to `weights`, in whole units of 10^-18. Units lost to rounding go to the largest
 * remainders, so the shares sum to `total`; but equal weights always get equal shares, and when the last units
 * cannot be split evenly among equals they are left out (fewer units than there are weights). A larger weight
 * never gets less. No positive weight: all shares are 0.
 */
export function apportion(total: bigint, weights: readonly bigint[]): bigint[] {
  const whole = weights.reduce((sum, weight) => sum + weight, 0n)
  if (whole === 0n) return weights.map(() => 0n)
  const quotas = weights.map((weight) => (2n * total * weight * GUARD + whole) / (2n * whole))
  const shares = quotas.map((quota) => quota / GUARD)
  let left = total - shares.reduce((sum, share) => sum + share, 0n)

  const ranked = [...new Set(quotas)].sort((a, b) => compare(b % GUARD, a % GUARD) || compare(b, a))
  for (const quota of ranked) {
    const equals = quotas.flatMap((other, index) => (other === quota ? [index] : []))
    if (left < BigInt(equals.length)) break
    for (const index of equals) shares[index] = quota / GUARD + 1n
    left -= BigInt(equals.length)
  }
  return shares
}

/** `apportion` over all cells of a table at once. */
export function apportionTable(total: bigint, rows: readonly (readonly bigint[])[]): bigint[][] {
  const shares = apportion(total, rows.flat())
  return rows.map((row) => shares.splice(0, row.length))
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0
}
