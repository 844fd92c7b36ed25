import type { VoteModel } from '../generated/models'
import { toBigint } from '../to-bigint'

/** One ballot, powers as integers; `power` is null while it cannot be read. */
export interface VoteRow {
  readonly id: string
  readonly proposalId: string
  readonly voter: string
  readonly choice: unknown
  readonly reason: string
  readonly app: string
  readonly power: bigint | null
  readonly powerByStrategy: readonly bigint[]
  /** False: kept and shown, never summed. */
  readonly countable: boolean
  /** The power may still change: it depends on who else votes. */
  readonly provisional: boolean
  /** Unix seconds, as signed. */
  readonly timestamp: number
  readonly acceptedAt: Date
  readonly logIndex: bigint
}

/** Reads a row of `votes`. */
export function toVoteRow(row: VoteModel): VoteRow {
  return {
    ...row,
    power: row.power === null ? null : toBigint(row.power),
    powerByStrategy: row.powerByStrategy.map(toBigint),
    timestamp: Number(row.timestamp),
  }
}
