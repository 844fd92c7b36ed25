import type { Database } from '../client'
import { toVoteRow, type VoteRow } from './vote-row'

/** Where a page of ballots starts. `power` is null for a ballot whose power is still to be read, absent when ordered by time. */
export interface VoteCursor {
  readonly power?: string | null | undefined
  readonly logIndex: string
}

/**
 * Current ballots of a proposal, by power (those still to be measured first, the earlier ballot first among
 * equals) or newest first. `choice` is an option's number: ballots that name it, or rank it first. `search` is
 * the beginning of a voter's address.
 */
export async function listVotes(
  db: Database,
  query: {
    readonly proposal: string
    readonly order: 'power' | 'new'
    readonly choice: number | undefined
    readonly ranked: boolean
    readonly search: string | undefined
    readonly after: VoteCursor | undefined
    readonly first: number
  },
): Promise<{ rows: VoteRow[]; total: number }> {
  const names = query.ranked
    ? `choice -> 0 = to_jsonb($2::int)`
    : `(choice = to_jsonb($2::int) or choice @> jsonb_build_array($2::int)
        or (jsonb_typeof(choice) = 'object' and (choice ->> $2::text)::numeric > 0))`
  const matching = `from votes where proposal_id = $1 and current
    and ($2::int is null or ${names}) and ($3::text is null or voter ilike $3 || '%')`
  const filter = [query.proposal, query.choice ?? null, query.search ?? null]
  const { after } = query
  const place: [condition: string, values: unknown[]] =
    after === undefined
      ? ['true', []]
      : query.order === 'new'
        ? ['log_index < $5::bigint', [after.logIndex]]
        : after.power == null
          ? ['(power is not null or log_index > $5::bigint)', [after.logIndex]]
          : [
              '(power <= $6::numeric and (power < $6::numeric or log_index > $5::bigint))',
              [after.logIndex, after.power],
            ]
  const order = query.order === 'new' ? 'log_index desc' : 'power desc, log_index'
  const [page, count] = await Promise.all([
    db.pool.query<{ id: string }>(`select id ${matching} and ${place[0]} order by ${order} limit $4`, [
      ...filter,
      query.first,
      ...place[1],
    ]),
    db.pool.query<{ total: string }>(`select count(*) as total ${matching}`, filter),
  ])
  const found = await db.prisma.vote.findMany({ where: { id: { in: page.rows.map((row) => row.id) } } })
  const byId = new Map(found.map((row) => [row.id, toVoteRow(row)]))
  return {
    rows: page.rows.flatMap(({ id }) => byId.get(id) ?? []),
    total: Number(count.rows[0]?.total ?? 0),
  }
}
