import type { HexString } from '../../core/views/hex-string'
import type { RelayedView } from '../../core/views/relayed-view'

/** A Safe as it was when it was asked last. */
export interface StoredSafe {
  readonly version: string
  readonly threshold: number
  readonly owners: readonly HexString[]
  /** Those who approved on chain. */
  readonly approvedBy: readonly HexString[]
}

/** A message that a contract wallet has, or had, still to approve. */
export interface RelayedRow {
  readonly id: HexString
  readonly address: HexString
  readonly chainId: number
  readonly kind: string
  readonly space: string
  readonly proposal: HexString | null
  /** JSON text {address, sig: "0x", data}. */
  readonly envelope: string
  readonly state: RelayedView['state']
  readonly reason: string | null
  readonly safe: StoredSafe | null
  /** Owners' signatures by owner; some may be owners no more. */
  readonly approvals: Readonly<Record<HexString, HexString>>
  readonly createdAt: Date
  readonly expiresAt: Date
  readonly checkedAt: Date | null
}

export const relayedColumns = `id, address, chain_id as "chainId", kind, space, proposal, envelope, state, reason, safe,
  approvals, created_at as "createdAt", expires_at as "expiresAt", checked_at as "checkedAt"`
