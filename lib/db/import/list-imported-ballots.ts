import type { RawBallot } from '../../core/tally/recount'
import type { Database } from '../client'

const PAGE = 5_000

/** The current ballots of a proposal of another hub, whatever they choose. */
export async function listImportedBallots(db: Database, proposal: string): Promise<RawBallot[]> {
  const ballots: RawBallot[] = []
  for (let after = '-1'; ; ) {
    const { rows } = await db.query<{ log_index: string; choice: unknown; parts: string[] }>(
      `select log_index, choice, power_by_strategy::text[] as parts from votes
       where proposal_id = $1 and current and log_index > $2 order by log_index limit ${PAGE}`,
      [proposal, after],
    )
    ballots.push(...rows.map(({ choice, parts }) => ({ choice, powerByStrategy: parts.map(BigInt) })))
    const last = rows.at(-1)
    if (!last || rows.length < PAGE) return ballots
    after = last.log_index
  }
}
