import type { HexString } from './hex-string'
import type { AcceptedView } from './installation-view'

/** One message of the log and what proves that it is there. Log indexes and sizes are numbers below 2^53. */
export interface MessageView {
  readonly id: HexString
  /** A message kind of core/messages. */
  readonly kind: string
  readonly space: string
  readonly author: HexString
  /** The proposal it is about, its own id if it is one. */
  readonly proposal: { readonly id: HexString; readonly title: string } | null
  /** As signed, unix seconds. */
  readonly timestamp: number
  readonly acceptedAtMs: number
  readonly logIndex: number
  /** Canonical text {address, sig, hash, data}; its sha256 is in the log's entry. */
  readonly envelope: string
  readonly cid: string
  readonly verification: {
    readonly method: 'ecdsa' | 'erc6492' | 'eip1271' | 'eip1271-legacy' | 'imported'
    readonly chainId?: number
    readonly block?: string
    readonly blockHash?: HexString
    /** The key that signed for the author, and the message in which he let it. */
    readonly alias?: { readonly address: HexString; readonly link: HexString }
    /** Of one that was copied from another hub: that hub. */
    readonly imported?: string
    /** Where it is not proven that this was signed: the id that the hub shows for it. */
    readonly shown?: HexString
    /** How it was checked when it was copied: a method, or `unchecked`. */
    readonly checked?: string
    /** Why it could not be. */
    readonly reason?: string
  }
  readonly receipt: AcceptedView['receipt']
  readonly inclusion: InclusionView
  /** Of a ballot: what became of it. */
  readonly ballot: {
    readonly state: 'counted' | 'pending' | 'powerless' | 'uncountable' | 'superseded'
    /** 18 decimals; null while unknown. */
    readonly power: string | null
    /** The voter's ballot that stands now. */
    readonly current: HexString
  } | null
}

/** That an entry is in the log: a signed checkpoint, and the siblings on the way from the entry to its root. */
export interface InclusionView {
  /** A C2SP checkpoint, with the co-signatures it has. */
  readonly checkpoint: string
  readonly index: number
  readonly size: number
  /** 32 bytes each, base64, from the leaf up (RFC 6962). */
  readonly proof: readonly string[]
}

/** That the log of one size begins with the log of a smaller one. */
export interface ConsistencyView {
  readonly from: number
  readonly to: number
  readonly proof: readonly string[]
}

/** The log as it is now. */
export interface LogView {
  readonly origin: string
  readonly key: string
  readonly size: number
  readonly root: HexString
  /** The C2SP checkpoint of that size. */
  readonly checkpoint: string
  /** The same state, for contracts: EIP-712, by the receipt key. */
  readonly contract: {
    readonly origin: string
    readonly size: number
    readonly root: HexString
    /** Unix seconds. */
    readonly timestamp: number
    readonly signature: HexString
    readonly signer: HexString
  }
  /** Everybody who is asked to co-sign, as the operator lists them. */
  readonly witnesses: readonly WitnessView[]
  /** What /log/checkpoint/witnessed answers: the newest checkpoint that most of them co-signed. */
  readonly witnessed: { readonly size: number; readonly cosignatures: number } | null
}

/** Another party that is shown the log, and the newest state that it co-signed. */
export interface WitnessView {
  readonly name: string
  readonly key: string
  readonly size: number | null
  /** Unix seconds. */
  readonly cosignedAt: number | null
  /**
   * Why it does not co-sign now. `disagrees`: the log it was shown before is no beginning of the log as it is, so one of
   * the two is not what it should be.
   */
  readonly trouble: {
    readonly kind: 'unreachable' | 'refuses' | 'disagrees'
    readonly reason: string
    /** Unix seconds. */
    readonly since: number
  } | null
}

/** A closed proposal's proof bundle, at /api/proposals/<id>/bundle. */
export interface BundleView {
  readonly bytes: number
  readonly lines: number
  /** Of all bytes before the last line. */
  readonly sha256: HexString
}

/** What an audit of a bundle found. */
export interface VerificationView {
  readonly ok: boolean
  /** Unix seconds. */
  readonly verifiedAt: number
  /** How many checks passed. */
  readonly passed: number
  readonly failed: readonly { readonly title: string; readonly detail: string }[]
  /** What only others can tell. */
  readonly open: number
}
