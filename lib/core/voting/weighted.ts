import { apportion, apportionTable } from './apportion'
import { byOption, optionCells } from './option-cells'
import { defineVotingSystem } from './voting-system'
import { describeWeights, weightRatio, weightsSchema } from './weights'

/** A cell holds 18 decimals more than power does, so that a billion thirds still add up. */
const EXTRA = 10n ** 18n

/**
 * Cells '1'..'n' (36 decimals) hold the power given to each option, `power` all of it; the scores share `power`
 * out in proportion. Snapshot does the same in doubles; here the result is right to the last of 18 decimals.
 */
export const weighted = defineVotingSystem({
  id: 'weighted',
  label: 'Weighted',
  description: 'Each voter spreads their power over the options, in any proportion.',
  example: 'Ada (8) gives Red one part and Blue three: Red 2, Blue 6.',
  ballot: 'weighted',
  totalIncludesInvalid: true,
  choiceSchema: weightsSchema,
  toVector: (choice, power, optionCount) => {
    const ratio = weightRatio(choice, optionCount)
    const whole = ratio.reduce((sum, weight) => sum + weight, 0n)
    const cells = ratio.map((weight, index): [string, bigint] => [
      String(index + 1),
      (power * EXTRA * weight) / whole,
    ])
    return new Map([...cells, ['power', power]])
  },
  decide: (sum, optionCount) => apportion(sum.get('power') ?? 0n, optionCells(sum, optionCount)),
  decideByStrategy: (sum, parts, optionCount) =>
    apportionTable(
      sum.get('power') ?? 0n,
      byOption(
        parts.map((part) => optionCells(part, optionCount)),
        optionCount,
      ),
    ),
  describeChoice: describeWeights,
})
