/** A Decimal(78, 0) column as an integer, exactly. */
export function toBigint(decimal: { toFixed(places: number): string }): bigint {
  return BigInt(decimal.toFixed(0))
}
