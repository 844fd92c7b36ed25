import type { Database } from '../client'

/** What the operator or a space's people say of a proposal: 0 nothing, 1 spam or malice, 2 a legal notice. */
export async function findFlagCode(db: Database, id: string): Promise<number> {
  const row = await db.prisma.proposal.findUnique({ where: { id }, select: { flagCode: true } })
  return row?.flagCode ?? 0
}
