import type { Database } from '../client'

/** Voters whose current ballot waits for its power, oldest ballot first. */
export async function listPendingVoters(db: Database, proposal: string, first: number): Promise<string[]> {
  const rows = await db.prisma.vote.findMany({
    where: { proposalId: proposal, current: true, power: null },
    orderBy: { logIndex: 'asc' },
    take: first,
    select: { voter: true },
  })
  return rows.map((row) => row.voter)
}
