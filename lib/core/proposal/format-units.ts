/**
 * An amount in words: grouped digits, `.` before the fraction, e.g. `1,234,567.89`. Digits beyond `fraction`
 * are cut, not rounded, so that 39,999.999 never reads as 40,000; a positive amount too small to show is
 * `<0.01`. `fraction: 'exact'` shows every digit there is.
 */
export function formatUnits(
  amount: bigint,
  { decimals = 18, fraction = 2 }: { decimals?: number; fraction?: number | 'exact' } = {},
): string {
  const sign = amount < 0n ? '-' : ''
  const digits = (amount < 0n ? -amount : amount).toString().padStart(decimals + 1, '0')
  const whole = digits.slice(0, digits.length - decimals)
  const rest = digits.slice(digits.length - decimals).replace(/0+$/, '')
  const shown = fraction === 'exact' ? rest : rest.slice(0, fraction).replace(/0+$/, '')
  if (whole === '0' && rest && !shown) {
    const least = fraction ? `0.${'1'.padStart(Number(fraction), '0')}` : '1'
    return sign ? `>-${least}` : `<${least}`
  }
  return `${sign}${whole.replace(/\B(?=(\d{3})+$)/g, ',')}${shown && `.${shown}`}`
}
