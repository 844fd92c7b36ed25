import type { Database } from '../client'

/** Under which content id a message's envelope is served. */
export async function findCid(db: Database, id: string): Promise<string | undefined> {
  return (await db.prisma.message.findUnique({ where: { id }, select: { cid: true } }))?.cid
}
