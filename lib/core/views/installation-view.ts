import type { HexString } from './hex-string'

/** What a page must know about this installation before it can do anything. */
export interface InstallationView {
  readonly version: string
  readonly chains: readonly {
    readonly id: number
    readonly name: string
    readonly symbol: string
    readonly explorer: string | null
  }[]
  /** Address whose signature is on receipts. */
  readonly operator: HexString
  /** Every address that ever signed receipts here, this one too. */
  readonly receiptKeys: readonly HexString[]
  readonly log: {
    /** The log's name. */
    readonly origin: string
    /** Its key, as C2SP writes verifier keys. */
    readonly key: string
    /** Every key that it ever signed with, this one too. */
    readonly keys: readonly string[]
    /** Verifier keys of those who are asked to co-sign its checkpoints. */
    readonly witnesses: readonly string[]
  }
  readonly spaceCreation: 'open' | readonly HexString[]
  readonly votingSystems: readonly string[]
  readonly strategies: readonly StrategyOffer[]
  readonly validations: readonly ValidationOffer[]
  readonly executors: readonly string[]
  /** Only in the demo: accounts whose keys everybody knows, and the path of the local chain's RPC. */
  readonly demo: {
    readonly rpcPath: string
    readonly chainId: number
    readonly accounts: readonly {
      readonly name: string
      readonly address: HexString
      readonly privateKey: HexString
      readonly power: string
    }[]
    readonly token: HexString
    readonly safe: HexString
  } | null
}

/** What a space's settings can choose from. */
interface Offer {
  readonly id: string
  readonly version: number
  readonly label: string
  /** JSON Schema of its parameters. */
  readonly schema: Readonly<Record<string, unknown>>
  /** Parameters as settings write them. */
  readonly example: Readonly<Record<string, unknown>>
  /** Why it cannot be used here; null when it can. */
  readonly unavailable: string | null
}

export interface StrategyOffer extends Offer {
  /** Who else votes changes what a voter has, until the vote is over. */
  readonly provisional: boolean
}

export interface ValidationOffer extends Offer {
  readonly description: string
  readonly uses: readonly ('proposal' | 'vote')[]
}

export interface HealthView {
  readonly status: 'ok' | 'degraded' | 'down'
  readonly version: string
  readonly database: { readonly ok: boolean; readonly error: string | null }
  readonly chains: readonly {
    readonly chainId: number
    readonly ok: boolean
    readonly block: string | null
    readonly error: string | null
  }[]
  readonly worker: { readonly ok: boolean; readonly seenAt: number | null }
  readonly log: { readonly size: string; readonly root: HexString } | null
  readonly pendingVotes: number | null
  /** Closed proposals whose bundle did not verify last time. */
  readonly failedBundles: number | null
  /** Spaces whose settings are frozen because their ENS name expired or changed hands. */
  readonly names: readonly { readonly space: string; readonly problem: string }[]
}

/** Snapshot's reply to an accepted message, with our receipt beside it. */
export interface AcceptedView {
  readonly id: HexString
  readonly ipfs: string
  readonly relayer: { readonly address: HexString; readonly receipt: HexString }
  readonly receipt: {
    readonly messageId: HexString
    readonly proposal: HexString
    readonly voter: HexString
    readonly signatureHash: HexString
    readonly logIndex: string
    /** Unix seconds. */
    readonly acceptedAt: number
    readonly signature: HexString
    readonly operator: HexString
  }
  /**
   * For a ballot: whether its power was known when it was accepted. `unrecorded`: of a contract wallet, which the
   * proposal's tally module cannot count.
   */
  readonly power: {
    readonly state: 'counted' | 'pending' | 'unrecorded'
    readonly total: string | null
  } | null
}

/** A page of a list; `next` is the cursor to pass as `after`, null at the end. */
export interface PageOf<Item> {
  readonly items: readonly Item[]
  readonly next: string | null
  readonly total: number | null
}
