import type { Database } from '../client'

/** The canonical text of an accepted message, by its id. */
export async function findMessageEnvelope(db: Database, id: string): Promise<string | undefined> {
  return (await db.prisma.message.findUnique({ where: { id }, select: { envelope: true } }))?.envelope
}
