import type { HexString } from './hex-string'
import type { AcceptedView } from './installation-view'

/**
 * A message that a contract wallet has still to approve, and how far that is. Anybody may hand one in, in the name of
 * any wallet: before its owners sign, show them what `message` says. Times are unix seconds.
 */
export interface RelayedView {
  /** The message's id. */
  readonly id: HexString
  /** A message kind of core/messages. */
  readonly kind: string
  /** Empty for messages about no space. */
  readonly space: string
  readonly proposal: HexString | null
  /** What is to be signed: the declared fields, normalised. */
  readonly message: Readonly<Record<string, unknown>>
  /** The wallet, on this chain. */
  readonly address: HexString
  readonly chainId: number
  /** `expired`: nobody can approve it any more. */
  readonly state: 'waiting' | 'accepted' | 'refused' | 'expired'
  /** Why it was refused; of one that waits, what kept it from being taken last time. */
  readonly reason: string | null
  readonly createdAt: number
  readonly expiresAt: number
  /** When the chain was asked last; null: not yet. */
  readonly checkedAt: number | null
  /** How its owners can approve; null where the wallet is no Safe: then only the wallet's own word counts. */
  readonly safe: RelayedSafeView | null
  /** What its sender would have got; once accepted. */
  readonly accepted: AcceptedView | null
}

/** A Safe and the hash that its owners approve: by signature, or on chain by `approveHash(messageHash)`. */
export interface RelayedSafeView {
  readonly version: string
  readonly messageHash: HexString
  /** How many owners it takes. */
  readonly threshold: number
  /** As of the last look at the chain. */
  readonly owners: readonly {
    readonly address: HexString
    /** null: not yet. */
    readonly approval: 'signature' | 'chain' | null
  }[]
  /** How many of them have approved. */
  readonly approvals: number
  /** What an owner's wallet is asked to sign (`eth_signTypedData_v4`). */
  readonly typedData: {
    readonly domain: { readonly chainId?: number; readonly verifyingContract: HexString }
    readonly types: { readonly SafeMessage: readonly [{ readonly name: 'message'; readonly type: 'bytes' }] }
    readonly primaryType: 'SafeMessage'
    readonly message: { readonly message: HexString }
  }
}
