import type { Database } from '../client'

/** The checkpoint of a size that somebody co-signed, as the log signed it; undefined if nobody did. */
export async function findCheckpoint(db: Database, size: number): Promise<string | undefined> {
  const row = await db.prisma.checkpoint.findUnique({ where: { size: BigInt(size) }, select: { note: true } })
  return row?.note
}
