import { type HubReader, queryPublic } from './query-public'

/** What somebody did in all the spaces that are there. */
export interface Participation {
  readonly proposals: number
  readonly votes: number
  /** Unix seconds; null: none. */
  readonly lastVote: number | null
}

/** Of these addresses; who did nothing is absent. */
export async function sumParticipations(
  reader: HubReader,
  addresses: readonly string[],
): Promise<Map<string, Participation>> {
  const rows = await queryPublic(
    reader,
    `select p.address, sum(p.proposal_count) as proposals, sum(p.vote_count) as votes, max(p.last_vote) as last_vote
     from participations p join spaces s on s.id = p.space_id
     where p.address = any($1::text[]) and s.deleted_at is null group by p.address`,
    [addresses],
  )
  return new Map(
    rows.map((row) => [
      row.address,
      {
        proposals: Number(row.proposals),
        votes: Number(row.votes),
        lastVote: row.last_vote === null ? null : Number(row.last_vote),
      },
    ]),
  )
}
