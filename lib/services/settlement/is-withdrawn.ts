import type { ProposalRow } from '../../db/proposal/find-proposal'
import { secondsOf } from '../../platform/clock'

/** Whether its author took a proposal back while that still counted: by the end of the vote, included. */
export function isWithdrawn({
  hiddenAt,
  hiddenAs,
  end,
}: Pick<ProposalRow, 'hiddenAt' | 'hiddenAs' | 'end'>): boolean {
  return hiddenAs === 'author' && hiddenAt !== null && secondsOf(hiddenAt) <= Number(end)
}
