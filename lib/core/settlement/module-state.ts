import type { HexString } from '../views/hex-string'
import type { ModuleConfig } from './module-config'

/** Where a proposal stands with its tally module: the contract's `State`, in its order. */
export const moduleStates = [
  'unknown',
  'voting',
  'awaiting-tally',
  'lapsed',
  'committed',
  'proven',
  'rejected',
  'cooling',
  'paused',
  'executable',
  'expired',
  'executed',
  'cancelled',
  'vetoed',
] as const

export type ModuleState = (typeof moduleStates)[number]

/** The contract's `Proposal`, times in unix seconds. */
export interface RegisteredProposal {
  readonly config: HexString
  readonly executionHash: HexString
  readonly author: HexString
  readonly provenAt: number
  readonly isCancelled: boolean
  readonly isVetoed: boolean
  readonly isExecuted: boolean
  readonly start: number
  readonly end: number
  /** All power at the timepoint, in the source's smallest unit. */
  readonly total: bigint
  readonly timepoint: bigint
  readonly pausedUntil: number
  readonly pauseLength: number
}

/** The contract's `Commitment`. */
export interface PostedCommitment {
  readonly root: HexString
  readonly count: number
  /** Power For, Against, Abstain, in the source's smallest unit. */
  readonly totals: readonly [bigint, bigint, bigint]
  readonly committedAt: number
}

/** What a tally module remembers of a proposal at a block. */
export interface ModuleRecord {
  /** Null: not registered. */
  readonly proposal: RegisteredProposal | null
  /** Null: not committed. */
  readonly commitment: PostedCommitment | null
}

/** Windows of a settlement, unix seconds; null while what they are counted from has not happened. */
export interface ModuleTimes {
  /** Last second of the commitment, included. */
  readonly commitUntil: number
  readonly finalAt: number | null
  /** Included. */
  readonly executableFrom: number | null
  /** Not included. */
  readonly executableUntil: number | null
}

/** The windows of a registered proposal. */
export function moduleTimes(record: ModuleRecord, config: ModuleConfig): ModuleTimes {
  const { proposal, commitment } = record
  const commitUntil = (proposal?.end ?? 0) + config.commitGrace
  if (!proposal?.provenAt || !commitment) {
    return { commitUntil, finalAt: null, executableFrom: null, executableUntil: null }
  }
  const finalAt = Math.max(proposal.provenAt, commitment.committedAt + config.omissionWindow)
  return {
    commitUntil,
    finalAt,
    executableFrom: finalAt + config.cooldown,
    executableUntil: finalAt + config.expiry + proposal.pauseLength,
  }
}

/** Whether a committed tally passes: more For than Against, and the quorum met. False without one. */
export function hasPassed({ proposal, commitment }: ModuleRecord, config: ModuleConfig): boolean {
  if (!proposal || !commitment) return false
  const [forPower, againstPower] = commitment.totals
  const counted = commitment.totals.reduce(
    (sum, power, index) => (config.quorumChoices & (1 << index) ? sum + power : sum),
    0n,
  )
  const isQuorumMet = counted * 10_000n >= BigInt(config.quorumBps) * proposal.total
  return isQuorumMet && forPower > againstPower
}

/**
 * Where a proposal stands at `now` (unix seconds): what `stateOf` answers in a block of that second. `config` is the one
 * that the proposal was registered with.
 */
export function moduleStateAt(record: ModuleRecord, config: ModuleConfig, now: number): ModuleState {
  const { proposal, commitment } = record
  if (!proposal) return 'unknown'
  if (proposal.isExecuted) return 'executed'
  if (proposal.isVetoed) return 'vetoed'
  if (proposal.isCancelled) return 'cancelled'
  const { commitUntil, finalAt, executableFrom, executableUntil } = moduleTimes(record, config)
  if (!commitment) {
    if (now <= proposal.end) return 'voting'
    return now <= commitUntil ? 'awaiting-tally' : 'lapsed'
  }
  if (finalAt === null) return 'committed'
  if (now < finalAt) return 'proven'
  if (!hasPassed(record, config)) return 'rejected'
  if (executableUntil !== null && now >= executableUntil) return 'expired'
  if (now < proposal.pausedUntil) return 'paused'
  return executableFrom !== null && now < executableFrom ? 'cooling' : 'executable'
}
