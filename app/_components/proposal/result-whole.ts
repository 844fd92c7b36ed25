import type { ProposalSummary } from '../../../lib/core/views/proposal-view'

/**
 * What an option's score is a share of. Approval gives each approved option the full power, so there it is the
 * power that took part; everywhere else the scores add up to a whole.
 */
export function resultWhole({
  type,
  scores,
  scoresTotal,
}: Pick<ProposalSummary, 'type' | 'scores' | 'scoresTotal'>): bigint {
  return type === 'approval' ? BigInt(scoresTotal) : scores.reduce((sum, score) => sum + BigInt(score), 0n)
}
