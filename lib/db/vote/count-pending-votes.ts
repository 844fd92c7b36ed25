import type { Database } from '../client'

/** Ballots whose power is still to be read, in all proposals. */
export async function countPendingVotes(db: Database): Promise<number> {
  const sum = await db.prisma.proposal.aggregate({
    _sum: { pendingCount: true },
    where: { pendingCount: { gt: 0 } },
  })
  return sum._sum.pendingCount ?? 0
}
