import { formatUnits } from '../proposal/format-units'
import type { DecisionRule } from '../proposal/rule'

/**
 * Why a module's rule may not stand in for the one that a space's settings promise: it would pass what theirs does
 * not. Null when it never does. Both are rules of a vote on For, Against and Abstain.
 */
export function ruleConflict(ofModule: DecisionRule, ofSpace: DecisionRule): string | null {
  if (ofSpace.kind !== 'majority' || ofModule.kind !== 'majority') {
    return 'The space lets a vote pass unless enough are Against, and a module asks for more For than Against: an admin can change the quorum type.'
  }
  if (!ofSpace.quorum) return null
  const { required = '0', counted = 'total' } = ofModule.quorum ?? {}
  const options = counted === 'total' ? [1, 2, 3] : counted
  const { counted: expected, required: promised } = ofSpace.quorum
  if (expected !== 'total' && options.some((option) => !expected.includes(option))) {
    return 'The space leaves Abstain out of its quorum, and the module counts it: an admin or the Safe can change one of them.'
  }
  if (BigInt(required) >= BigInt(promised)) return null
  const words = (amount: string) => formatUnits(BigInt(amount), { fraction: 'exact' })
  return `The space promises a quorum of ${words(promised)}, and the module asks for ${words(required)}: an admin can lower the one, or the Safe raise the other.`
}
