import { z } from 'zod'
import { AppError } from '../errors'
import { checksumAddress } from '../messages/checksum-address'
import type { HexString } from '../views/hex-string'

/** The token whose delegated votes a strategy `erc20-votes` reads. */
export interface StrategyToken {
  /** EIP-55. */
  readonly address: HexString
  readonly decimals: number
}

const paramsSchema = z.object({ address: z.string(), decimals: z.int().min(0).default(18) })

/** Reads the strategy's params; undefined when they name no token. */
export function strategyToken(params: unknown): StrategyToken | undefined {
  const parsed = paramsSchema.safeParse(params)
  const address = parsed.success ? checksumAddress(parsed.data.address) : undefined
  return parsed.success && address ? { address, decimals: parsed.data.decimals } : undefined
}

/**
 * A power of ours (18 decimals) in the token's smallest unit, which is what a contract counts; exact. Throws `fault`
 * for what is no whole number of them.
 */
export function tokenUnits(power: bigint, { decimals }: StrategyToken): bigint {
  const unit = 10n ** BigInt(18 - decimals)
  if (power % unit !== 0n) {
    throw new AppError('fault', {
      message: `A power of ${power} is not one of a token with ${decimals} decimals.`,
    })
  }
  return power / unit
}
