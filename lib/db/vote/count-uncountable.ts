import type { Database } from '../client'

/** Voters of a proposal whose ballots are kept but cannot be counted. */
export function countUncountable(db: Database, proposalId: string): Promise<number> {
  return db.prisma.vote.count({ where: { proposalId, current: true, countable: false } })
}
