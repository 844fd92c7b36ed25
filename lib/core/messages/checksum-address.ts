import { getAddress } from 'viem/utils'
import type { HexString } from '../views/hex-string'

const ADDRESS = /^0x[0-9a-fA-F]{40}$/

/**
 * The EIP-55 form of an EVM address given in lower case or already in that form; undefined for anything else, a
 * mistyped checksum included.
 */
export function checksumAddress(value: unknown): HexString | undefined {
  if (typeof value !== 'string' || !ADDRESS.test(value)) return undefined
  const checksummed = getAddress(value)
  return value === checksummed || value === value.toLowerCase() ? checksummed : undefined
}
