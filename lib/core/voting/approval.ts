import { z } from 'zod'
import { byOption, optionCells } from './option-cells'
import { defineVotingSystem } from './voting-system'

/** An empty choice is a ballot: it approves nothing and counts in the total. */
export const approval = defineVotingSystem({
  id: 'approval',
  label: 'Approval',
  description: 'Each voter approves any number of options, each with full power; the most approved wins.',
  example: 'Ada (10) approves Red and Blue, Ben (5) approves Blue: Red 10, Blue 15. Blue wins.',
  ballot: 'multiple',
  totalIncludesInvalid: true,
  choiceSchema: (optionCount): z.ZodType<readonly number[]> =>
    z
      .array(z.int().min(1).max(optionCount))
      .max(optionCount)
      .refine((choice) => new Set(choice).size === choice.length, 'invalid choice'),
  toVector: (choice, power) => new Map(choice.map((option) => [String(option), power])),
  decide: optionCells,
  decideByStrategy: (_sum, parts, optionCount) =>
    byOption(
      parts.map((part) => optionCells(part, optionCount)),
      optionCount,
    ),
  describeChoice: (choice, options) => options.filter((_, index) => choice.includes(index + 1)).join(', '),
})
