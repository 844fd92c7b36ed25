import { countActivity, type SpaceActivity } from '../../db/hub/count-activity'
import { listSpaceFacts, type SpaceFacts } from '../../db/hub/list-space-facts'
import { createBriefMemory } from '../../platform/brief-memory'
import type { HubRequest } from './hub-request'

export interface RankedSpace extends SpaceFacts {
  /** From 1; null: it is private or flagged. */
  readonly rank: number | null
}

const rankings = createBriefMemory<ReadonlyMap<string, RankedSpace>>(120_000)

/** Every space by id, the most popular first, by Snapshot's measure; two minutes old at most. */
export function rankSpaces({ ctx, now }: HubRequest): Promise<ReadonlyMap<string, RankedSpace>> {
  return rankings.read(ctx.db, now * 1000, async () => {
    // For all who ask: it goes on when whoever came first leaves.
    const reader = { db: ctx.db, ip: '' }
    const [facts, activity] = await Promise.all([listSpaceFacts(reader), countActivity(reader, 'all', now)])
    return rank(facts, activity)
  })
}

function rank(
  facts: readonly SpaceFacts[],
  activity: ReadonlyMap<string, SpaceActivity>,
): Map<string, RankedSpace> {
  const sorted = facts
    .map((space) => ({ space, popularity: popularityOf(space, activity.get(space.id)) }))
    .sort((a, b) => b.popularity - a.popularity || (a.space.id < b.space.id ? -1 : 1))
  let place = 0
  return new Map(
    sorted.map(({ space }) => [
      space.id,
      { ...space, rank: space.isPrivate || space.flagged ? null : ++place },
    ]),
  )
}

/** Spaces with a mark or with something to vote on come first, however busy others are. */
function popularityOf(space: SpaceFacts, activity: SpaceActivity | undefined): number {
  const busy =
    space.proposalCount / 20 +
    (activity?.proposals7d ?? 0) +
    space.voteCount / 40 +
    (activity?.votes7d ?? 0) +
    space.followerCount / 80 +
    (activity?.followers7d ?? 0)
  const isActive = (activity?.activeProposals ?? 0) > 0
  const isTurbo = space.turbo && !space.isChild
  if (isTurbo && isActive) return busy + 5e10
  if (space.verified && isActive) return busy + 4e10
  if (isTurbo) return busy + 3e10
  if (space.verified) return busy + 2e10
  return isActive ? busy + 1e10 : busy
}
