import type { Hex } from 'viem'
import { z } from 'zod'
import type { Plan, Submission } from '../../execution/executor'

/** A submission without its plan, which the proposal and its stored batch give again. Oldest first in a record. */
const submissionSchema = z.object({
  hash: z.string(),
  nonce: z.number(),
  since: z.object({ block: z.string(), nonce: z.number() }),
  /** Unix milliseconds. */
  at: z.number(),
})

const recordSchema = z.object({
  submissions: z.array(submissionSchema).default([]),
  /** Who could confirm and who has, when it was last read. */
  approval: z
    .object({
      confirmed: z.array(z.string()),
      owners: z.array(z.string()),
      threshold: z.number(),
      version: z.string(),
    })
    .nullable()
    .default(null),
  /** Calldata that anyone can send, once the threshold is reached. */
  executeData: z.string().nullable().default(null),
  /** Why the calls would fail, when they were last tried before the threshold is reached. */
  obstacle: z.string().nullable().default(null),
  /** Time of the block in which it ran, unix seconds. */
  tracedAt: z.number().nullable().default(null),
})

/** The executor's own record in a settlement's row. */
export type SettlementRecord = z.output<typeof recordSchema>
export type StoredSubmission = SettlementRecord['submissions'][number]

export function readRecord(data: unknown): SettlementRecord {
  return recordSchema.parse(data ?? {})
}

/** The submission as an executor takes it. */
export function restoreSubmission(stored: StoredSubmission, plan: Plan): Submission {
  const { hash, nonce, since } = stored
  return { plan, hash: hash as Hex, nonce, since: { block: BigInt(since.block), nonce: since.nonce } }
}

export function storeSubmission({ hash, nonce, since }: Submission, at: number): StoredSubmission {
  return { hash, nonce, since: { block: since.block.toString(), nonce: since.nonce }, at }
}
