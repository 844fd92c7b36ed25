import { formatUnits } from '../../../lib/core/proposal/format-units'

/** Every digit there is, grouped: "1,250.000000000000000001". */
export function exactAmount(value: bigint, decimals = 18): string {
  return formatUnits(value, { decimals, fraction: 'exact' })
}

/** For reading: whole numbers from 1,000 up, four decimals below. */
export function shortAmount(value: bigint, decimals = 18): string {
  const large = value >= 1000n * 10n ** BigInt(decimals)
  return formatUnits(value, { decimals, fraction: large ? 0 : 4 })
}

const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 3 })

/** For narrow places: "1.2M", "597K". */
export function compactAmount(value: bigint, decimals = 18): string {
  const scale = 10n ** BigInt(decimals)
  return value >= 1000n * scale ? compact.format(value / scale) : shortAmount(value, decimals)
}

/** `part` of `whole` in tenths of a percent, rounded to the nearest: 624 for 62.4%. */
export function permille(part: bigint, whole: bigint): number {
  return whole === 0n ? 0 : Number((part * 2000n + whole) / (2n * whole))
}

/** "62.4%" */
export function percent(part: bigint, whole: bigint): string {
  return `${(permille(part, whole) / 10).toFixed(1)}%`
}
