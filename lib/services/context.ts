import type { Chains } from '../chain/chains'
import type { Database } from '../db/client'
import type { Clock } from '../platform/clock'
import type { Env } from '../platform/env'
import type { FetchPublic } from '../platform/fetch-public'
import type { Logger } from '../platform/logger'
import type { PassportScorer } from '../validations/validation'
import type { Keeper } from './keeper/keeper'

/** What every use case may need, built once per process and passed as the first argument. */
export interface Context {
  readonly env: Env
  readonly clock: Clock
  readonly log: Logger
  readonly db: Database
  readonly chains: Chains
  /** Where the operator lets strategies ask other servers. */
  readonly fetchPublic?: FetchPublic
  /** Where the operator names one. */
  readonly passport?: PassportScorer
  readonly keys: OperatorKeys
  /** Pays for and signs what is sent to chains. Only a worker has one. */
  readonly keeper?: Keeper
}

/** Secrets, each read when it is used first. They sign by way of `openReceiptKey` and `openLogKey` alone. */
export interface OperatorKeys {
  /** secp256k1: signs receipts. A worker in production has none. */
  readonly receiptKey: `0x${string}`
  /** Ed25519 seed: signs checkpoints and proof bundles. */
  readonly logKey: `0x${string}`
}
