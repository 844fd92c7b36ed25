import type { HexString } from './hex-string'

/** Who can move the coins of a space's treasuries. */
export interface TreasuryView {
  readonly treasuries: readonly SafeAccountView[]
}

/** One treasury as the chain is now. */
export interface SafeAccountView {
  readonly name: string
  readonly chainId: number
  readonly address: HexString
  /** Why nothing more is known: no contract there, no Safe, or the chain cannot be read. */
  readonly problem: string | null
  readonly readAt: { readonly block: string; readonly timestamp: number } | null
  readonly version: string | null
  readonly owners: readonly HexString[]
  readonly threshold: number
  /** A contract that may refuse the owners' transactions; a module's are not shown to it before Safe 1.5. */
  readonly guard: HexString | null
  readonly modules: readonly ModuleAccountView[]
}

/** A module that is enabled on a Safe: whatever it calls, the Safe does. */
export interface ModuleAccountView {
  readonly address: HexString
  /** Set when its code is a tally module of this product, byte for byte. */
  readonly tally: TallyModuleView | null
}

export interface TallyModuleView {
  readonly space: string
  readonly configHash: HexString
  readonly config: ModuleConfigView
  /** Why proposals of this space cannot be settled by it; empty when they can. Each is a sentence. */
  readonly obstacles: readonly string[]
  /** Whose clock the power source keeps. Null when the source does not answer. */
  readonly clock: 'block-number' | 'timestamp' | null
  /** The token of a `VotesPowerSource`; null for a source that is not known here. */
  readonly token: { readonly address: HexString; readonly symbol: string | null } | null
}

/** A module's config: durations in seconds, coins in wei and power in the source's smallest unit, decimal. */
export interface ModuleConfigView {
  readonly operator: HexString
  readonly receiptKey: HexString
  readonly guardian: { readonly address: HexString; readonly until: number } | null
  readonly powerSource: HexString
  readonly quorumBps: number
  /** Options that take part in the quorum: 1 For, 2 Against, 3 Abstain. */
  readonly quorumChoices: readonly number[]
  readonly proposers: readonly HexString[]
  /** Power that lets anybody propose; "0": only `proposers` may. */
  readonly proposalThreshold: string
  readonly minPeriod: number
  readonly maxBackdate: number
  /** In units of the clock: seconds or blocks. */
  readonly maxSnapshotAge: string
  readonly commitGrace: number
  readonly challengeWindow: number
  readonly omissionWindow: number
  readonly cooldown: number
  readonly expiry: number
  readonly bond: string
  /** Limits that protect real money are lifted. */
  readonly isTest: boolean
}
