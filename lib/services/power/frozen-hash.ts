import { createHash } from 'node:crypto'
import type { HexString } from '../../core/views/hex-string'

/**
 * What a proposal copied from its space when it was made, and the block at which it reads power: an effect has it, and so
 * has the row that was made of it. Its rule follows from the settings and its own text.
 */
export interface Frozen {
  /** The message that holds the settings. */
  readonly settingsId: string
  /** Chain id in decimal. */
  readonly network: string
  readonly snapshot: bigint
  readonly symbol: string
  /** Which code of which version, on which chain, with what parameters. */
  readonly strategies: unknown
  readonly voteValidation: unknown
  readonly quorum: number
  readonly quorumType: string
}

/** sha256 over it, keys in order. Kept with the proposal, and compared when its result is verified. */
export function hashFrozen({
  settingsId,
  network,
  snapshot,
  symbol,
  strategies,
  voteValidation,
  quorum,
  quorumType,
}: Frozen): HexString {
  const text = JSON.stringify(
    [settingsId, network, snapshot.toString(), symbol, strategies, voteValidation, quorum, quorumType],
    (_key, value) => (isRecord(value) ? Object.fromEntries(Object.entries(value).sort(byKey)) : value),
  )
  return `0x${createHash('sha256').update(text).digest('hex')}`
}

function isRecord(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function byKey([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1
}
