import type { Receipt } from '../log/receipt'
import type { VerifierKey } from '../log/verifier-key'
import type { HexString } from '../views/hex-string'
import type { RecoverSigner } from './recover-signer'

/** A place on a chain, as a bundle names it. */
export interface ReadBlock {
  readonly network: string
  readonly number: number
  readonly hash: HexString
  /** Unix seconds. */
  readonly timestamp: number
}

/** A receipt as the operator gave it. */
export interface SignedReceipt {
  readonly receipt: Receipt
  readonly signature: HexString
}

/** A checkpoint of this log that somebody kept. */
export interface SeenCheckpoint {
  readonly note: string
  /** That the smaller of the two logs, this and the bundle's, is the beginning of the other. */
  readonly proof?: readonly Uint8Array[]
  /** When it was seen, unix seconds: what it does not hold was accepted later. */
  readonly seenAt?: number
}

/** What the auditor knows from elsewhere. Whatever is not given is not compared. */
export interface Expected {
  readonly proposal?: HexString
  /** Every key that the operator publishes for the log; the bundle's has to be one of them. */
  readonly logKeys?: readonly string[]
  /** Every receipt key that the operator publishes; the bundle's have to be among them. */
  readonly receiptKeys?: readonly HexString[]
  readonly receipts?: readonly SignedReceipt[]
  readonly checkpoints?: readonly SeenCheckpoint[]
  /** Who has to have co-signed the checkpoint, and at least how many of them. */
  readonly witnesses?: { readonly keys: readonly VerifierKey[]; readonly least: number }
  /** Ids of all messages about the proposal in the log up to the checkpoint, from a reading of the whole log. */
  readonly messages?: ReadonlySet<HexString>
}

/** A source of voting power as a bundle names it. */
export interface StatedStrategy {
  readonly id: string
  readonly version: number
  readonly params: unknown
}

/** How a bundle is audited. Without the `read…` functions nothing outside the file is asked. */
export interface AuditOptions {
  /** Recovers signers; in plain JavaScript unless given. */
  readonly recover?: RecoverSigner
  /**
   * What a strategy answers for these voters (EIP-55, at most 500) at its block, 18 decimals. A voter who is absent, because
   * a contract cannot tell, has no power by any strategy.
   */
  readonly readPowers?: (question: {
    readonly strategy: StatedStrategy
    readonly block: ReadBlock
    readonly voters: readonly HexString[]
    /** Where other chains are read, by chain id. */
    readonly blocks: ReadonlyMap<string, ReadBlock>
    /** Everybody who voted, for a strategy that depends on it. */
    readonly ballots?: ReadonlySet<HexString>
  }) => Promise<ReadonlyMap<HexString, bigint>>
  /**
   * Whether power by a strategy depends on who else voted, and whether other servers say it, so that nobody can ask again.
   * Neither unless told; undefined for a strategy that is not known.
   */
  readonly demandsOf?: (
    strategy: StatedStrategy,
  ) => { readonly ballots: boolean; readonly web: boolean } | undefined
  /** The block of that number on a chain. */
  readonly readBlock?: (network: string, number: number) => Promise<Pick<ReadBlock, 'hash' | 'timestamp'>>
  /** All power of a module's power source at the proposal's timepoint, in the token's smallest unit. */
  readonly readTotal?: (question: {
    readonly powerSource: HexString
    readonly powerParams: HexString
    readonly block: ReadBlock
    /** The proposal's signed time, unix seconds. */
    readonly timestamp: number
  }) => Promise<bigint>
  /** Whether a contract accepts a signature at a block, and that block was the chain's newest when the message was accepted. */
  readonly checkContract?: (question: {
    readonly network: string
    readonly block: number
    readonly blockHash: HexString
    readonly method: 'erc6492' | 'eip1271' | 'eip1271-legacy'
    readonly address: HexString
    readonly hash: HexString
    readonly signature: HexString
    /** Unix seconds. */
    readonly acceptedAt: number
  }) => Promise<boolean>
  /** Called every few hundred messages. If it returns a promise, the audit waits for it. */
  readonly onProgress?: (progress: { readonly messages: number }) => unknown
  readonly expected?: Expected
}
