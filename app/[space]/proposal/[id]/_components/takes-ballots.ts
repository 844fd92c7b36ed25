import type { ProposalView } from '../../../../../lib/core/views/proposal-view'

/**
 * Whether ballots still count: not on a proposal that was taken back, unless a moderator hid it and a tally module
 * settles it, which goes on all the same.
 */
export function takesBallots({
  hidden,
  author,
  execution,
}: Pick<ProposalView, 'hidden' | 'author' | 'execution'>): boolean {
  if (!hidden) return true
  return execution !== null && execution.module !== null && hidden.by !== author
}
