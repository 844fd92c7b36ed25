import type { Database } from '../client'

/** How many proposals can be voted on at `now` (unix seconds), by space. A space without any is absent. */
export async function countActiveProposals(
  db: Database,
  spaces: readonly string[],
  now: number,
): Promise<Map<string, number>> {
  const groups = await db.prisma.proposal.groupBy({
    by: ['spaceId'],
    where: { spaceId: { in: [...spaces] }, hiddenAt: null, start: { lte: now }, end: { gte: now } },
    _count: true,
  })
  return new Map(groups.map((group) => [group.spaceId, group._count]))
}
