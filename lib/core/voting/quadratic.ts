import { apportion, apportionTable } from './apportion'
import { integerSqrt } from './integer-sqrt'
import { byOption, optionCells } from './option-cells'
import { defineVotingSystem, type Vector } from './voting-system'
import { describeWeights, weightRatio, weightsSchema } from './weights'

/**
 * The root of an 18-decimal number has 9 decimals; this adds 36 (under the root: 72). A million roots cut off
 * there are still exact to far beyond the 27 decimals at which scores are compared.
 */
const EXTRA = 10n ** 72n

/**
 * Cells '1'..'n' (45 decimals) hold the sum over voters of the square root of the power given to each option,
 * `power` all power. The scores share `power` out in proportion to the squares of those sums, so that they add
 * up to the votes cast and a quorum keeps its meaning, as Snapshot does in doubles.
 */
export const quadratic = defineVotingSystem({
  id: 'quadratic',
  label: 'Quadratic',
  description: 'Voters spread their power; many small voters outweigh one large one of the same power.',
  example:
    'Ada (9) picks Red; Ben (4), Chloe (1) and Dan (1) pick Blue. Roots: Red 3, Blue 2 + 1 + 1 = 4. Squares: 9 and 16. Of 15 votes Red gets 5.4, Blue 9.6.',
  ballot: 'weighted',
  totalIncludesInvalid: true,
  choiceSchema: weightsSchema,
  toVector: (choice, power, optionCount) => {
    const ratio = weightRatio(choice, optionCount)
    const whole = ratio.reduce((sum, weight) => sum + weight, 0n)
    const cells = ratio.map((weight, index): [string, bigint] => [
      String(index + 1),
      integerSqrt((power * EXTRA * weight) / whole),
    ])
    return new Map([...cells, ['power', power]])
  },
  decide: (sum, optionCount) => apportion(sum.get('power') ?? 0n, squares(sum, optionCount)),
  decideByStrategy: (sum, parts, optionCount) =>
    apportionTable(
      sum.get('power') ?? 0n,
      byOption(
        parts.map((part) => squares(part, optionCount)),
        optionCount,
      ),
    ),
  describeChoice: describeWeights,
})

function squares(vector: Vector, optionCount: number): bigint[] {
  return optionCells(vector, optionCount).map((root) => root * root)
}
