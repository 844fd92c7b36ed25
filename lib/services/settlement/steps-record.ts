import { z } from 'zod'
import type { NextAct, SettlementStep } from '../../core/views/settlement-view'
import type { Memory, ModuleFacts } from '../../execution/executor'

/** How an execution stood when its chain was last read, as the pages show it. */
export interface StoredProgress {
  readonly steps: readonly SettlementStep[]
  readonly next: NextAct | null
  readonly isOver: boolean
  readonly module: ModuleFacts | null
}

const recordSchema = z.object({
  memory: z.custom<Memory>().optional(),
  /** Null before the chain was read, and after a reorg until it is again. */
  progress: z.custom<StoredProgress>().nullable().default(null),
  /** Why the keeper could not do what was due. */
  hindrance: z.object({ act: z.string(), reason: z.string() }).nullable().default(null),
})

/** What is kept of an execution by steps in a settlement's row. */
export type StepsRecord = z.output<typeof recordSchema>

export function readStepsRecord(data: unknown): StepsRecord {
  return recordSchema.parse(data ?? {})
}
