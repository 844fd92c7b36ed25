import type { Database } from '../client'

/** Where a page of statements starts: after this one. */
export interface StatementCursor {
  /** Unix seconds. */
  readonly updated: number
  readonly delegate: string
}

/** What delegates say to a space of this platform, the newest first. */
export async function listStatements(
  db: Database,
  query: { readonly space: string; readonly after: StatementCursor | undefined; readonly first: number },
) {
  const where = { spaceId: query.space, network: 's' }
  const { after } = query
  const [rows, total] = await Promise.all([
    db.prisma.statement.findMany({
      where: {
        ...where,
        ...(after && {
          OR: [
            { updated: { lt: after.updated } },
            { updated: after.updated, delegate: { gt: after.delegate } },
          ],
        }),
      },
      orderBy: [{ updated: 'desc' }, { delegate: 'asc' }],
      take: query.first,
    }),
    db.prisma.statement.count({ where }),
  ])
  return { rows, total }
}
