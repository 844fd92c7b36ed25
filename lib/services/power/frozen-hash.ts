import { createHash } from 'node:crypto'
import type { HexString } from '../../core/views/hex-string'
import type { FrozenStrategy } from './frozen-strategy'

/** What decides about power in a proposal, copied from its space when it was made. */
export interface Frozen {
  /** Chain id in decimal. */
  readonly network: string
  readonly snapshot: { readonly number: bigint; readonly hash: HexString }
  readonly strategies: readonly FrozenStrategy[]
  readonly voteValidation: object
}

/** sha256 over what a proposal froze, keys in order: if the copy were changed later, this would not fit it. */
export function hashFrozen({ network, snapshot, strategies, voteValidation }: Frozen): HexString {
  const text = JSON.stringify(
    [network, snapshot.number.toString(), snapshot.hash, strategies, voteValidation],
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
