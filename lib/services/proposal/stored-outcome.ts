import { z } from 'zod'
import type { Outcome } from '../../core/proposal/decide-outcome'

const amount = z.string().transform(BigInt)

const outcomeSchema = z.object({
  status: z.enum(['passed', 'rejected', 'quorum-missed']),
  text: z.string(),
  quorum: z.object({ counted: amount, required: amount, met: z.boolean() }).nullable(),
})

/** An outcome as a result row keeps it: bigints as decimal strings, with the sentence it was announced in. */
export function storeOutcome(outcome: Outcome, text: string): object {
  return JSON.parse(
    JSON.stringify({ ...outcome, text }, (_, value) =>
      typeof value === 'bigint' ? value.toString() : value,
    ),
  )
}

/** What a page shows of it. It was decided once: a later version of the rule's code does not decide again. */
export function readOutcome(stored: unknown): z.output<typeof outcomeSchema> {
  return outcomeSchema.parse(stored)
}
