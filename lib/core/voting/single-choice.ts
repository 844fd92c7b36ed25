import { z } from 'zod'
import { byOption, optionCells } from './option-cells'
import { defineVotingSystem } from './voting-system'

export const singleChoice = defineVotingSystem({
  id: 'single-choice',
  label: 'Single choice',
  description: 'Each voter picks one option; the option with the most votes wins.',
  example: 'Red 50, Blue 30, Green 20: Red wins with 50 of 100.',
  ballot: 'single',
  totalIncludesInvalid: true,
  choiceSchema: (optionCount) => z.int().min(1).max(optionCount),
  toVector: (choice, power) => new Map([[String(choice), power]]),
  decide: optionCells,
  decideByStrategy: (_sum, parts, optionCount) =>
    byOption(
      parts.map((part) => optionCells(part, optionCount)),
      optionCount,
    ),
  describeChoice: (choice, options) => options[choice - 1] ?? '',
})
