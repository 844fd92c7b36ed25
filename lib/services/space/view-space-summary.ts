import type { SpaceSummary } from '../../core/views/space-view'
import type { SpaceRow } from '../../db/space/find-space'
import { secondsOf } from '../../platform/clock'
import { settingsOf } from './settings-of'

/** A space as a row in a list. */
export function viewSpaceSummary(row: SpaceRow, activeProposals: number): SpaceSummary {
  const settings = settingsOf(row)
  return {
    id: row.id,
    name: row.name,
    about: settings.about ?? '',
    avatar: settings.avatar ?? '',
    symbol: settings.symbol ?? '',
    proposals: row.proposalCount,
    activeProposals,
    votes: row.voteCount,
    followers: row.followerCount,
    activeAt: secondsOf(row.activeAt),
  }
}
