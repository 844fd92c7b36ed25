import type { Address } from 'viem'
import { AppError } from '../../core/errors'
import { type Batcher, createBatcher } from '../../platform/batcher'
import { measureEach } from './measure-each'
import type { MeasuredPower, PowerContext, PowerQuestion } from './measure-power'

/** Reads the power of one voter at a time, but asks for many at once. */
export interface PowerReader {
  /**
   * As `measurePower`; one voter's failure is his alone. Readers of the same `key` ask the same question about
   * different voters.
   */
  read(key: string, question: Omit<PowerQuestion, 'voters'>, voter: Address): Promise<MeasuredPower>
}

const WINDOW_MS = 4
const MAX_VOTERS = 500

/**
 * Readers of one proposal that come within a few milliseconds, or while an answer is awaited, share one question:
 * a thousand voters are a handful of reads.
 */
export function createPowerReader(ctx: PowerContext): PowerReader {
  const batchers = new Map<string, { batcher: Batcher<Address, MeasuredPower | AppError>; readers: number }>()
  return {
    async read(key, question, voter) {
      const entry = batchers.get(key) ?? { batcher: createReader(ctx, question), readers: 0 }
      batchers.set(key, entry)
      entry.readers++
      try {
        const power = await entry.batcher.add(voter)
        if (power instanceof AppError) throw power
        return power
      } finally {
        entry.readers--
        if (entry.readers === 0) batchers.delete(key)
      }
    },
  }
}

function createReader(ctx: PowerContext, question: Omit<PowerQuestion, 'voters'>) {
  return createBatcher<Address, MeasuredPower | AppError>({
    maxSize: MAX_VOTERS,
    waitMs: WINDOW_MS,
    async run(voters) {
      const powers = await measureEach(ctx, { ...question, voters: [...new Set(voters)] })
      return voters.map((voter) => powers.get(voter) ?? { total: 0n, byStrategy: [] })
    },
  })
}
