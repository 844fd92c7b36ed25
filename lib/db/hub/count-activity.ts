import { type HubReader, queryPublic } from './query-public'

/** What goes on in a space. Days end now. */
export interface SpaceActivity {
  readonly activeProposals: number
  readonly proposals1d: number
  readonly proposals7d: number
  readonly proposals30d: number
  readonly followers7d: number
  readonly votes7d: number
}

const day = 86_400

/** The activity of these spaces, or of all of them, at `now` (unix seconds). Of a space where there is none, nothing. */
export async function countActivity(
  reader: HubReader,
  spaces: readonly string[] | 'all',
  now: number,
): Promise<Map<string, SpaceActivity>> {
  const ofSpaces = spaces === 'all' ? '$1::text[] is null' : 'space_id = any($1::text[])'
  const ids = spaces === 'all' ? null : spaces
  const rows = await queryPublic(
    reader,
    `with counts as (
       select space_id, count(*) filter (where start <= $2 and "end" >= $2 and flag_code = 0) as active,
         count(*) filter (where timestamp > $2 - ${day}) as p1, count(*) filter (where timestamp > $2 - ${7 * day}) as p7,
         count(*) filter (where timestamp > $2 - ${30 * day}) as p30, 0 as f7, 0 as v7
       from proposals where ${ofSpaces} and hidden_at is null and (timestamp > $2 - ${30 * day} or "end" >= $2)
       group by space_id
       union all
       select space_id, 0, 0, 0, 0, count(*), 0 from follows where ${ofSpaces} and created > $2 - ${7 * day} group by space_id
       union all
       select space_id, 0, 0, 0, 0, 0, count(*) from votes where ${ofSpaces} and current and timestamp > $2 - ${7 * day} group by space_id
     )
     select space_id, sum(active) as active, sum(p1) as p1, sum(p7) as p7, sum(p30) as p30, sum(f7) as f7, sum(v7) as v7
     from counts group by space_id`,
    [ids, now],
  )
  return new Map(
    rows.map((row) => [
      row.space_id,
      {
        activeProposals: Number(row.active),
        proposals1d: Number(row.p1),
        proposals7d: Number(row.p7),
        proposals30d: Number(row.p30),
        followers7d: Number(row.f7),
        votes7d: Number(row.v7),
      },
    ]),
  )
}
