import type { ImportTurn } from './append-imported'

/** A ballot as another hub has it. */
export interface ImportedVote {
  /** As the hub shows it. */
  readonly id: string
  readonly proposal: string
  readonly space: string
  readonly voter: string
  readonly choice: unknown
  /** Whether that is what was signed, or what it was decrypted to; else the hub's word, which no signed choice gives way to. */
  readonly isSigned: boolean
  readonly reason: string
  readonly app: string
  readonly metadata: object
  /** Unix seconds, as signed. */
  readonly created: number
  readonly powerByStrategy: readonly bigint[]
}

type PlacedVote = ImportedVote & { readonly shown: string; readonly logIndex: number }

/**
 * Writes ballots of one proposal, or the power they have now; of a voter's the newest is the current one. Those that have
 * no place in the log are left out, and no row changes that is another's ballot or of another proposal. The caller holds
 * the log's lock.
 */
export async function saveImportedVotes(
  { sql, places, at }: ImportTurn,
  votes: readonly ImportedVote[],
): Promise<void> {
  const placed = votes.flatMap((vote): PlacedVote[] => {
    const place = places.get(vote.id)
    return place ? [{ ...vote, ...place, shown: vote.id }] : []
  })
  // One of each voter at a time, so that no voter has two current ballots at any moment.
  let rest = placed.toSorted((a, b) => a.created - b.created || (a.id < b.id ? -1 : 1))
  while (rest.length > 0) {
    const voters = new Set<string>()
    const turn: PlacedVote[] = []
    const later: PlacedVote[] = []
    for (const vote of rest) {
      ;(voters.has(vote.voter) ? later : turn).push(vote)
      voters.add(vote.voter)
    }
    await write({ sql, at }, turn)
    rest = later
  }
}

async function write(
  { sql, at }: Pick<ImportTurn, 'sql' | 'at'>,
  votes: readonly PlacedVote[],
): Promise<void> {
  const column = <T>(read: (vote: PlacedVote) => T) => votes.map(read)
  await sql.query(
    `update votes set current = false
     from unnest($1::text[], $2::text[], $3::text[], $4::bigint[]) as new(id, proposal, voter, created)
     where votes.proposal_id = new.proposal and votes.voter = new.voter and votes.current and votes.id <> new.id
       and (votes.timestamp, votes.id) < (new.created, new.id)`,
    [
      column(({ id }) => id),
      column(({ proposal }) => proposal),
      column(({ voter }) => voter),
      column(({ created }) => created),
    ],
  )
  await sql.query(
    `insert into votes (log_index, id, proposal_id, space_id, voter, timestamp, choice, reason, app, metadata, power,
       power_by_strategy, current, accepted_at)
     select log_index, id, proposal, space, voter, created, choice, reason, app, metadata, power, parts::numeric[],
       not exists (select from votes old where old.proposal_id = new.proposal and old.voter = new.voter
         and old.current and old.id <> new.id), $13
     from unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::text[], $6::bigint[], $7::jsonb[], $8::text[],
       $9::text[], $10::jsonb[], $11::numeric[], $12::text[])
       as new(log_index, id, proposal, space, voter, created, choice, reason, app, metadata, power, parts)
     on conflict (log_index) do update set power = excluded.power,
       power_by_strategy = excluded.power_by_strategy,
       choice = case when excluded.id = any($14) then votes.choice else excluded.choice end
     where votes.id = excluded.id and votes.proposal_id = excluded.proposal_id and votes.voter = excluded.voter
       and votes.space_id = excluded.space_id and exists (
         select from messages where messages.log_index = votes.log_index
           and messages.verification ->> 'method' = 'imported' and messages.verification ->> 'imported' = (
             select origin ->> 'hub' from proposals where proposals.id = excluded.proposal_id))`,
    [
      column(({ logIndex }) => logIndex),
      column(({ id }) => id),
      column(({ proposal }) => proposal),
      column(({ space }) => space),
      column(({ voter }) => voter),
      column(({ created }) => created),
      column(({ choice }) => JSON.stringify(choice ?? null)),
      column(({ reason }) => reason),
      column(({ app }) => app),
      column(({ metadata }) => JSON.stringify(metadata)),
      column(({ powerByStrategy }) => powerByStrategy.reduce((sum, part) => sum + part, 0n).toString()),
      column(({ powerByStrategy }) => `{${powerByStrategy.join(',')}}`),
      at,
      votes.flatMap(({ id, shown, isSigned }) => (id === shown && !isSigned ? id : [])),
    ],
  )
}
