import type { Database } from '../client'
import { likePattern } from '../like-pattern'

/** Where a page of spaces starts: after this one. */
export interface SpaceCursor {
  readonly activeAt: string
  readonly id: string
}

/**
 * Spaces that are not deleted, by newest activity. `search` looks at id and name, `follower` names whose followed spaces alone are wanted;
 * `first` is the number of rows.
 */
export async function listSpaces(
  db: Database,
  query: {
    readonly search: string | undefined
    readonly follower?: string | undefined
    readonly after: SpaceCursor | undefined
    readonly first: number
  },
) {
  // Prisma leaves wildcards in the text as they are; its own around the pattern's change nothing.
  const part = query.search && { contains: likePattern(query.search), mode: 'insensitive' as const }
  const followed =
    query.follower === undefined
      ? undefined
      : await db.prisma.follow.findMany({
          where: { follower: query.follower, network: 's' },
          select: { spaceId: true },
        })
  const matches = {
    deletedAt: null,
    ...(part && { OR: [{ id: part }, { name: part }] }),
    ...(followed && { id: { in: followed.map(({ spaceId }) => spaceId) } }),
  }
  const after = query.after && {
    OR: [
      { activeAt: { lt: new Date(query.after.activeAt) } },
      { activeAt: new Date(query.after.activeAt), id: { gt: query.after.id } },
    ],
  }
  const [rows, total] = await Promise.all([
    db.prisma.space.findMany({
      where: { AND: [matches, after ?? {}] },
      orderBy: [{ activeAt: 'desc' }, { id: 'asc' }],
      take: query.first,
    }),
    db.prisma.space.count({ where: matches }),
  ])
  return { rows, total }
}
