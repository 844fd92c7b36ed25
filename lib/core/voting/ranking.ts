import { z } from 'zod'

/** Every option exactly once, best first. Partial rankings are refused, as Snapshot refuses them. */
export function rankingSchema(optionCount: number): z.ZodType<readonly number[]> {
  return z
    .array(z.int().min(1).max(optionCount))
    .length(optionCount)
    .refine((ranking) => new Set(ranking).size === ranking.length, 'invalid choice')
}
