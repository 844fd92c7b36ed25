import type { ProposalView } from '../../../../../lib/core/views/proposal-view'

/**
 * Whether ballots still count: not on one of another hub, and not on a proposal that was taken back, unless a moderator hid it and a tally module
 * settles it, which goes on all the same.
 */
export function takesBallots({
  hidden,
  author,
  execution,
  origin,
}: Pick<ProposalView, 'hidden' | 'author' | 'execution' | 'origin'>): boolean {
  if (origin) return false
  if (!hidden) return true
  return execution !== null && execution.module !== null && hidden.by !== author
}
