import type { Database } from '../client'

export type SpaceRow = NonNullable<Awaited<ReturnType<typeof findSpace>>>

/** A space by its id, lower-case; also one that was deleted (`deletedAt`). */
export async function findSpace(db: Database, id: string) {
  return (await db.prisma.space.findUnique({ where: { id } })) ?? undefined
}
