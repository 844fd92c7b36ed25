/** An 18-decimal amount, as an integer or in decimal digits, as the double closest to it: what Snapshot's clients count with. */
export function asDouble(amount: bigint | string): number {
  const digits = String(amount).padStart(19, '0')
  return Number(`${digits.slice(0, -18)}.${digits.slice(-18)}`)
}
