import type { VerifiedSignature } from '../chain/verify-signature'
import type { ResolvedMessage } from '../core/messages/resolve-message'
import type { HexString } from '../core/views/hex-string'
import type { NewMessage } from '../db/log/new-message'
import type { Context } from '../services/context'
import type { PowerReader } from '../services/power/power-reader'
import type { ProposalCache } from './proposal-cache'

export interface IngestContext extends Context {
  readonly proposals: ProposalCache
  readonly power: PowerReader
}

/** What a message that passed its rule does, and what that was decided on. */
export type Verdict = Pick<NewMessage, 'basis' | 'effect' | 'jobs'>

/** How a message was found to be signed. */
export interface SignedBy {
  readonly method: VerifiedSignature['method']
  /** Whether it was not the author, but a key that he let sign for him. */
  readonly byAlias: boolean
  /** As the envelope keeps it. */
  readonly signature: HexString
}

/** What a message is about, before anything of it is believed. */
export interface Case {
  /** The chain whose contract wallets may have signed it. */
  readonly chainId: number
  /** Whether its author may do this, now. Called after the signature was verified. */
  check(signed: SignedBy): Promise<Verdict>
}

/**
 * The rule of one kind of message: finds what it is about, then decides. Both throw `invalid` with Snapshot's words,
 * and `chain_unavailable`, `controller_unknown` or `database_unavailable` when that cannot be known now.
 */
export type Rule = (ctx: IngestContext, message: ResolvedMessage) => Promise<Case>
