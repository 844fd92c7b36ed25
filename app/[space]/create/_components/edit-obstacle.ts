import type { ProposalView } from '../../../../lib/core/views/proposal-view'

/** Why nobody can edit a proposal any more, or ever could, as the server judges it; null when its author can. */
export function editObstacle(
  { origin, hidden, start, hasExecution }: ProposalView,
  now: number,
): string | null {
  if (origin) return `It is a copy from ${origin.hub}, which alone takes edits of it.`
  if (hidden) return 'It has been withdrawn or hidden.'
  if (start <= now) return 'It has started: nobody can change its text now.'
  return hasExecution ? 'It carries calls, and those cannot be edited: withdraw it and make a new one.' : null
}
