import type { RemoteProposal } from './hub-rows'

/** More ballots than a hub counts, where it counts still: not without end. */
const SURPLUS = 10_000
/** More than it says it has counted for good. */
const FEW = 100

/**
 * How many ballots of a proposal are read at most; a hub that shows more makes them up without end.
 *
 * An audit reads hardly more than were counted for good: one ballot too many fails it already. An import does not go by
 * that, since a number that is wrong at the hub would keep the whole space from being copied.
 */
export function mostVotes(
  { votes, scores_state }: Pick<RemoteProposal, 'votes' | 'scores_state'>,
  purpose: 'audit' | 'import',
): number {
  return purpose === 'audit' && scores_state === 'final' ? votes + FEW : votes * 2 + SURPLUS
}
