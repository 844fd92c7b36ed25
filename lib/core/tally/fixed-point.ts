import { refuse } from '../errors'

/**
 * A JSON number as an integer of `decimals` decimals (18 is the scale of power). Taken as the shortest decimal
 * that reads back as the same double, which is what was written in the JSON up to 15 digits: 0.1 is one tenth
 * exactly. Further decimals are cut off. Refuses what is negative or not finite.
 */
export function fixedPoint(value: number, decimals = 18): bigint {
  const match = /^(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(value))
  if (!match) return refuse(`not an amount: ${value}`)
  const [, whole = '', fraction = '', exponent = '0'] = match
  const digits = BigInt(whole + fraction)
  const shift = decimals + Number(exponent) - fraction.length
  return shift >= 0 ? digits * 10n ** BigInt(shift) : digits / 10n ** BigInt(-shift)
}

/** The inverse: 18-decimal fixed point, not negative, or its decimal digits, as the double that is closest to it. */
export function toDouble(amount: bigint | string): number {
  const digits = String(amount).padStart(19, '0')
  return Number(`${digits.slice(0, -18)}.${digits.slice(-18)}`)
}
