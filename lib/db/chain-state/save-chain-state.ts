import type { Database } from '../client'

/** Remembers what a chain looks like now. */
export async function saveChainState(
  db: Database,
  state: {
    readonly chainId: number
    readonly genesisHash: string
    readonly blockNumber: bigint
    readonly blockHash: string
    readonly seenAt: Date
  },
): Promise<void> {
  await db.prisma.chainState.upsert({ where: { chainId: state.chainId }, create: state, update: state })
}
