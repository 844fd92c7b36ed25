import type { ProposalView } from '../../../../../lib/core/views/proposal-view'
import { tokenDecimals } from '../../../../_components/treasury/token-decimals'

/** Whether committed totals, in the token's smallest unit, are the scores shown here, in 18 decimals. */
export function isSameResult(
  totals: readonly string[],
  proposal: Pick<ProposalView, 'scores' | 'strategies'>,
): boolean {
  const scale = 10n ** BigInt(18 - tokenDecimals(proposal))
  return (
    totals.length === proposal.scores.length &&
    totals.every((total, index) => BigInt(total) * scale === BigInt(proposal.scores[index] ?? -1))
  )
}
