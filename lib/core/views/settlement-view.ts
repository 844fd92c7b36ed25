import type { HexString } from './hex-string'

/** One call of a batch, raw and in words. */
export interface CallView {
  readonly to: HexString
  /** Wei, decimal. */
  readonly value: string
  readonly data: HexString
  readonly operation: 0
  /** Human-readable function signature given with the batch; it matches the selector, nothing more is claimed. */
  readonly signature: string | null
  readonly kind: 'send-native' | 'send-erc20' | 'contract-call' | 'unknown'
  /** "Send 1.5 ETH to 0x…" */
  readonly summary: string
  readonly arguments: readonly { readonly name: string; readonly type: string; readonly value: string }[]
  readonly warnings: readonly string[]
}

export type SettlementState =
  /** The vote is not over, or its result is being computed. */
  | 'waiting'
  /** The vote did not pass: these calls will not be made. */
  | 'refused'
  /** Owners' confirmations are being collected. */
  | 'confirming'
  /** The threshold is reached: anyone can execute. */
  | 'ready'
  /** Another transaction used the nonce; a new one has to be confirmed. */
  | 'conflict'
  /** The transaction ran and failed on chain. */
  | 'failed'
  /** Something outside prevents it (the Safe is gone, the chain cannot be read); `reason` says what. */
  | 'blocked'
  | 'executed'

export interface SettlementStep {
  readonly label: string
  readonly state: 'done' | 'current' | 'todo' | 'failed'
  readonly at: number | null
  readonly transactionHash: HexString | null
}

/** Where the execution of one proposal stands. */
export interface SettlementView {
  readonly executor: string
  readonly state: SettlementState
  readonly reason: string | null
  readonly steps: readonly SettlementStep[]
  readonly transactionHash: HexString | null
  /** Set by the executor `safe-signers` once the vote has passed. */
  readonly safe: SafeSettlementView | null
}

export interface SafeSettlementView {
  readonly address: HexString
  readonly chainId: number
  readonly version: string
  readonly threshold: number
  readonly owners: readonly { readonly address: HexString; readonly confirmedAt: number | null }[]
  /** The SafeTx as owners sign it; numbers are decimal strings. */
  readonly transaction: {
    readonly to: HexString
    readonly value: string
    readonly data: HexString
    readonly operation: 0 | 1
    readonly safeTxGas: string
    readonly baseGas: string
    readonly gasPrice: string
    readonly gasToken: HexString
    readonly refundReceiver: HexString
    readonly nonce: string
  }
  readonly safeTxHash: HexString
  readonly domainHash: HexString
  readonly messageHash: HexString
  /** Calldata of execTransaction with the collected signatures, once the threshold is reached. */
  readonly executeData: HexString | null
  /** Earlier attempts whose nonce another transaction used, newest first. */
  readonly superseded: readonly { readonly nonce: string; readonly safeTxHash: HexString }[]
}
