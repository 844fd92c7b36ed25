import type { ProposalView } from '../../../../../lib/core/views/proposal-view'

/** Who took a hidden proposal away. */
export function hiddenWords({ hidden, author }: Pick<ProposalView, 'hidden' | 'author'>): string {
  return hidden?.by === author ? 'Withdrawn by its author' : 'Hidden by a moderator'
}
