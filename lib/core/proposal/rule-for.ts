import { fixedPoint } from '../tally/fixed-point'
import type { VotingSystemId } from '../voting/registry'
import type { DecisionRule } from './rule'

/** The part of a space's settings (Snapshot's `voting`) that decides what passes. */
export interface SpaceVoting {
  /** Whole tokens; absent or 0 means none. */
  readonly quorum?: number | undefined
  /** `rejection` turns the quorum into the Against votes that it takes to stop a basic proposal. */
  readonly quorumType?: string | undefined
  /** Leave Abstain out of a basic proposal's quorum. */
  readonly hideAbstain?: boolean | undefined
}

/**
 * The rule that Snapshot's interfaces apply to a proposal of this type under these settings. Settings that are
 * about Against or Abstain apply to basic proposals only. Refuses a quorum that is not an amount.
 */
export function ruleFor({
  type,
  choices,
  voting,
}: {
  readonly type: VotingSystemId
  readonly choices: readonly string[]
  readonly voting: SpaceVoting
}): DecisionRule {
  const amount = fixedPoint(voting.quorum ?? 0)
  const required = amount > 0n ? amount.toString() : null
  if (type !== 'basic') return { kind: 'leader', quorum: required ? { required, counted: 'total' } : null }
  if (required && voting.quorumType === 'rejection') return { kind: 'rejection', limit: required }
  const counted = voting.hideAbstain && choices.length > 2 ? [1, 2] : 'total'
  return { kind: 'majority', quorum: required ? { required, counted } : null }
}
