import type { Database } from '../client'

/** Where the execution of a proposal stands, once its result is final and it asks for one. */
export async function findSettlement(db: Database, proposalId: string) {
  return (await db.prisma.settlement.findUnique({ where: { proposalId } })) ?? undefined
}
