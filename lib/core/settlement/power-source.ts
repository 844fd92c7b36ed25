import type { HexString } from '../views/hex-string'

/** Where a module's config takes voting power from, as far as it is known here. */
export type PowerSource =
  | {
      /** The `VotesPowerSource` of this product over an `IVotes` token. */
      readonly kind: 'votes'
      /** EIP-55. */
      readonly token: HexString
      readonly clock: 'block-number' | 'timestamp'
      /** The clock's time at the block it was read at. */
      readonly now: bigint
    }
  /** Another contract, or one that does not answer. */
  | { readonly kind: 'unknown' }
