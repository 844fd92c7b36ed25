import type { Database } from '../client'
import { toVoteRow, type VoteRow } from '../vote/vote-row'

/** What lists show: nothing that was hidden or flagged, or whose space is gone. */
const listed = { hiddenAt: null, flagCode: 0, space: { deletedAt: null } }

/** Somebody's current ballots in all spaces, the newest first, each with its proposal. */
export async function listAccountVotes(
  db: Database,
  query: { readonly voter: string; readonly after: string | undefined; readonly first: number },
) {
  const where = { voter: query.voter, current: true, proposal: listed }
  const [rows, total] = await Promise.all([
    db.prisma.vote.findMany({
      where: { ...where, ...(query.after !== undefined && { logIndex: { lt: BigInt(query.after) } }) },
      include: { proposal: { select: { type: true, choices: true, title: true, symbol: true } } },
      orderBy: { logIndex: 'desc' },
      take: query.first,
    }),
    db.prisma.vote.count({ where }),
  ])
  return {
    rows: rows.map(({ proposal, ...row }) => ({
      vote: toVoteRow(row) satisfies VoteRow,
      space: row.spaceId,
      proposal,
    })),
    total,
  }
}
