import type { Database } from '../client'

/** Ballots of a proposal, superseded ones too. */
export function countVotes(db: Database, proposalId: string): Promise<number> {
  return db.prisma.vote.count({ where: { proposalId } })
}
