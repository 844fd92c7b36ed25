import type { Database } from '../client'

/** What a chain looked like when it was last compared. */
export async function findChainState(db: Database, chainId: number) {
  return (await db.prisma.chainState.findUnique({ where: { chainId } })) ?? undefined
}
