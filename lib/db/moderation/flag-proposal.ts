import type { Database } from '../client'

/** The operator's flag, 0 for none, in place of whosever it was. Answers whether there is such a proposal. */
export async function flagProposal(db: Database, id: string, flagCode: number): Promise<boolean> {
  const data = { flagCode, flaggedBy: null }
  return (await db.prisma.proposal.updateMany({ where: { id }, data })).count === 1
}
