import type { Database } from '../client'

/** Ballots that the powers of others do not take into account yet. */
export interface Unweighed {
  readonly voters: readonly string[]
  /** Log indexes between which they are, the first one excluded. */
  readonly from: string
  readonly to: string
}

/** The oldest `first` of a proposal's current ballots that came since powers were adjusted last; undefined for none. */
export async function listUnweighed(
  db: Database,
  proposal: string,
  first: number,
): Promise<Unweighed | undefined> {
  const { rows } = await db.query<{ voter: string; log_index: string; weighed_index: string }>(
    `select vote.voter, vote.log_index, proposal.weighed_index
     from votes vote join proposals proposal on proposal.id = vote.proposal_id
     where vote.proposal_id = $1 and vote.current and vote.log_index > proposal.weighed_index
     order by vote.log_index limit $2`,
    [proposal, first],
  )
  const last = rows.at(-1)
  return last && { voters: rows.map(({ voter }) => voter), from: last.weighed_index, to: last.log_index }
}
