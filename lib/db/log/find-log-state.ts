import type { Database } from '../client'

/** The log's size and RFC 6962 root; the empty log before the first message. */
export async function findLogState(db: Database): Promise<{ size: bigint; root: Uint8Array } | undefined> {
  const row = await db.prisma.logState.findUnique({ where: { id: 1 }, select: { size: true, root: true } })
  return row ?? undefined
}
