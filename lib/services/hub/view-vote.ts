import { toDouble } from '../../core/tally/fixed-point'
import type { HubVote } from '../../db/hub/lists/votes'
import { secondsOf } from '../../platform/clock'

/** A ballot as Snapshot's hub formats it, powers exact beside their doubles. */
export function viewVote(row: HubVote) {
  return {
    id: row.id,
    voter: row.voter,
    created: row.timestamp,
    space: row.spaceId,
    proposal: row.proposalId,
    choice: row.choice,
    metadata: row.metadata,
    reason: row.reason,
    app: row.app,
    vp: row.power === null ? 0 : toDouble(row.power),
    vp_by_strategy: row.powerByStrategy.map(toDouble),
    vp_state: row.power === null || row.provisional ? 'pending' : 'final',
    vp_value: 0,
    exactVp: row.power,
    exactVpByStrategy: row.powerByStrategy,
    logIndex: row.logIndex,
    acceptedAt: secondsOf(row.acceptedAt),
  }
}

export type VoteNode = ReturnType<typeof viewVote>
