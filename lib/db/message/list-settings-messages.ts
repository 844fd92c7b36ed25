import type { Database } from '../client'

/** A space's settings messages, newest first. */
export async function listSettingsMessages(db: Database, space: string, first: number) {
  return db.prisma.message.findMany({
    where: { space, kind: 'settings' },
    orderBy: { logIndex: 'desc' },
    take: first,
    select: { id: true, author: true, acceptedAt: true, envelope: true },
  })
}
