/** Voting power is fixed point with this many decimals, whatever its source. */
const POWER_DECIMALS = 18

/**
 * Base units of something with `decimals` decimals as voting power. Exact up to 18 decimals; a source with more
 * loses what is below one unit of power, rounded down, so that nobody gains by it.
 */
export function toPower(units: bigint, decimals: number): bigint {
  return decimals <= POWER_DECIMALS
    ? units * 10n ** BigInt(POWER_DECIMALS - decimals)
    : units / 10n ** BigInt(decimals - POWER_DECIMALS)
}
