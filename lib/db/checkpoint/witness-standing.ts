import { z } from 'zod'

/** How it goes with a witness since it was last asked. Times are unix milliseconds. */
export const witnessStandingSchema = z.object({
  state: z.enum(['cosigns', 'unreachable', 'refuses', 'disagrees']),
  /** In words of ours; never what a witness wrote. */
  reason: z.string(),
  /** When it came to this state. */
  since: z.number(),
  askedAt: z.number(),
})

export type WitnessStanding = z.output<typeof witnessStandingSchema>

/** Where a witness's standing is kept among the installation's facts. */
export const standingKey = (witness: string) => `witness:${witness}`
