import type { RemoteProposal } from '../remote-hub/hub-rows'

/** A hub's own count, as it is kept beside ours. */
export function theirCount({ scores, scores_total, scores_state, votes, state }: RemoteProposal): object {
  return { scores, scores_total, scores_state, votes, state }
}
