import { parseUnits } from 'viem'
import { z } from 'zod'
import { defineStrategy } from './strategy'

const paramsSchema = z.object({
  /** Power of every voter, in whole votes; fractions are read as written. Snapshot takes 0 for 1. */
  value: z
    .number()
    .nonnegative()
    .refine((value) => !String(value).includes('e'), 'Write the value without an exponent.')
    .transform((value) => value || 1)
    .default(1),
  symbol: z.string().max(64).optional(),
})

/** The same power for everyone who votes. */
export const ticket = defineStrategy({
  id: 'ticket',
  version: 1,
  label: 'Same for everyone',
  paramsSchema,
  example: { value: 1, symbol: 'VOTE' },
  describe: ({ value }) => `${value} ${value === 1 ? 'vote' : 'votes'} for every address`,
  explainZero: () => 'Every address has the same power in this vote.',
  async measure(_, { voters, params }) {
    const power = parseUnits(String(params.value), 18)
    return new Map(voters.map((voter) => [voter, power]))
  },
})
