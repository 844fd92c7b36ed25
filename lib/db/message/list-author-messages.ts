import type { Database } from '../client'

/** Accepted messages of one kind by one author in a space, in log order. */
export async function listAuthorMessages(
  db: Database,
  { author, space, kind }: { readonly author: string; readonly space: string; readonly kind: string },
) {
  return db.prisma.message.findMany({
    where: { author, space, kind },
    orderBy: { logIndex: 'asc' },
    select: { id: true, acceptedAt: true, envelope: true },
  })
}
