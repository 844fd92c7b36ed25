import type { ModuleState } from '../settlement/module-state'
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
  /** The module does not know the proposal: as things are, it cannot be executed. `reason` says why. */
  | 'unregistered'
  /** The module is being shown the result: committed, proven, or waiting out a delay. */
  | 'settling'
  /** The vote did not pass: these calls will not be made. */
  | 'refused'
  /** Owners' confirmations are being collected. */
  | 'confirming'
  /** Confirmed, and an earlier transaction of the Safe has to run first. */
  | 'queued'
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
  /** Unix seconds until which this step waits, for a countdown; null when it waits for nothing but an act. */
  readonly due: number | null
  readonly transactionHash: HexString | null
}

/** A transaction that brings a settlement one step further. */
export type SettlementAct = 'register' | 'cancel' | 'commit' | 'prove' | 'execute'

export interface NextAct {
  readonly act: SettlementAct
  /** Unix seconds from which it would go through; in the past: now. */
  readonly from: number
  /** Unix seconds after which it would not; null: no limit. */
  readonly until: number | null
  /** Who alone may send it; null: anyone. */
  readonly sender: HexString | null
  /** Whether this installation's keeper does it unasked. */
  readonly isAutomatic: boolean
  /** How many transactions it takes; more than 1 only for a long proof. */
  readonly transactions: number
}

/** A transaction ready to be signed by any wallet, or by `sender` alone. */
export interface ActTransactionView {
  readonly act: SettlementAct
  readonly chainId: number
  readonly to: HexString
  /** Wei, decimal. */
  readonly value: string
  readonly data: HexString
  readonly sender: HexString | null
}

/** Where the execution of one proposal stands. */
export interface SettlementView {
  readonly executor: string
  readonly state: SettlementState
  readonly reason: string | null
  readonly steps: readonly SettlementStep[]
  readonly transactionHash: HexString | null
  /** What comes next on chain, for executors that go by steps; null when there is nothing to do. */
  readonly next: NextAct | null
  /** Set by the executor `safe-signers` once the vote has passed. */
  readonly safe: SafeSettlementView | null
  /** Set by the executor `tally-module` once the chain was read. */
  readonly module: ModuleSettlementView | null
}

/** What a tally module says of a proposal. Powers are in the power source's smallest unit, decimal. */
export interface ModuleSettlementView {
  readonly chainId: number
  /** The module; `safe` is the Safe it acts for. */
  readonly address: HexString
  readonly safe: HexString
  readonly state: ModuleState
  readonly readAt: { readonly block: string; readonly timestamp: number }
  readonly operator: HexString
  /** The keeper of this installation, when it has one and that pays for this space. */
  readonly keeper: HexString | null
  readonly configHash: HexString
  /** False when the Safe has changed the module's config since; the proposal keeps its own. */
  readonly isConfigCurrent: boolean
  /** False when the Safe has disabled the module: nothing can be executed. */
  readonly isEnabled: boolean
  readonly timepoint: string | null
  readonly totalPower: string | null
  readonly commitment: {
    readonly root: HexString
    readonly count: number
    readonly totals: readonly [string, string, string]
    readonly at: number
    /** Whether it is what this installation computes from its own ballots. Null while that is not known. */
    readonly isOurs: boolean | null
  } | null
  /** How far anybody's proof has come. */
  readonly proof: { readonly checked: number; readonly count: number } | null
  /** Unix seconds; as in core/settlement/module-state. */
  readonly times: {
    readonly commitUntil: number | null
    readonly finalAt: number | null
    readonly executableFrom: number | null
    readonly executableUntil: number | null
    readonly pausedUntil: number | null
  }
  readonly guardian: { readonly address: HexString; readonly until: number } | null
  readonly veto: BrakeView | null
  readonly pause: (BrakeView & { readonly until: number }) | null
  /** A moderator hid the proposal: off chain only, the module goes on. */
  readonly isHidden: boolean
  /** Somebody asked for the tally of a vote that did not pass. */
  readonly isDemanded: boolean
  /** Ballots of contract wallets, which the module cannot count. */
  readonly uncountable: number
}

/** A veto or pause: by whom, and why. `reason` is null when no text with that hash was published here. */
export interface BrakeView {
  readonly by: HexString
  readonly at: number
  readonly reasonHash: HexString
  readonly reason: string | null
  readonly transactionHash: HexString
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
  /** While confirmations are missing: why the calls would fail if they ran now, in a sentence; null when they would not. */
  readonly obstacle: string | null
  /** Earlier attempts whose nonce another transaction used, newest first. */
  readonly superseded: readonly { readonly nonce: string; readonly safeTxHash: HexString }[]
}
