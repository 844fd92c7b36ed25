import { z } from 'zod'

/** 18-decimal power as a decimal string: the whole rule is plain JSON, to be stored and served as it is. */
const amountSchema = z.string().regex(/^(0|[1-9]\d*)$/)

const quorumSchema = z.strictObject({
  /** Least power that must take part, inclusive. */
  required: amountSchema,
  /** Whose power counts: `total` is every ballot's, a list is the scores of these options. */
  counted: z.union([z.literal('total'), z.array(z.int().min(1)).min(1)]),
})

/**
 * How a result becomes a decision; frozen into a proposal when it is made.
 *
 * - `majority` (basic): passes if option 1 (For) has strictly more than option 2 (Against), and the quorum is met;
 * - `rejection` (basic): passes unless option 2 (Against) has more than `limit`;
 * - `leader` (all others): the one option ahead of every other wins if the quorum is met; a tie has no winner.
 */
export const decisionRuleSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('majority'), quorum: quorumSchema.nullable() }),
  z.strictObject({ kind: z.literal('rejection'), limit: amountSchema }),
  z.strictObject({ kind: z.literal('leader'), quorum: quorumSchema.nullable() }),
])

export type DecisionRule = z.output<typeof decisionRuleSchema>
