import type { Database } from '../client'
import { toVoteRow, type VoteRow } from './vote-row'

/** A voter's current ballot in each of these proposals where there is one, by proposal. */
export async function findOwnVotes(
  db: Database,
  voter: string,
  proposals: readonly string[],
): Promise<Map<string, VoteRow>> {
  const rows = await db.prisma.vote.findMany({
    where: { voter, proposalId: { in: [...proposals] }, current: true },
  })
  return new Map(rows.map((row) => [row.proposalId, toVoteRow(row)]))
}
