import { type HubReader, queryForAll } from './query-for-all'

/** What somebody did in all the spaces that are there. */
export interface Deeds {
  readonly proposals: number
  readonly votes: number
  /** Unix seconds; null: none. */
  readonly lastVote: number | null
}

/** Of these addresses; who did nothing is absent. */
export async function sumParticipations(
  reader: HubReader,
  addresses: readonly string[],
): Promise<Map<string, Deeds>> {
  const rows = await queryForAll(
    reader,
    `select l.address, sum(l.proposal_count) as proposals, sum(l.vote_count) as votes, max(l.last_vote) as last_vote
     from participations l join spaces s on s.id = l.space_id
     where l.address = any($1::text[]) and s.deleted_at is null group by l.address`,
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
