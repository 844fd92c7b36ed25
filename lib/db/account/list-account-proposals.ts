import type { Database } from '../client'

/** Somebody's proposals in all spaces, the newest first, as lists show them: none that is hidden or flagged. */
export async function listAccountProposals(
  db: Database,
  query: { readonly author: string; readonly after: string | undefined; readonly first: number },
) {
  const where = { author: query.author, hiddenAt: null, flagCode: 0, space: { deletedAt: null } }
  const [rows, total] = await Promise.all([
    db.prisma.proposal.findMany({
      where: { ...where, ...(query.after !== undefined && { logIndex: { lt: BigInt(query.after) } }) },
      include: { result: true, settlement: true },
      orderBy: { logIndex: 'desc' },
      take: query.first,
    }),
    db.prisma.proposal.count({ where }),
  ])
  return { rows, total }
}
