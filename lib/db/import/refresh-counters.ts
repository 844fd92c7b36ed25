import type { Sql } from '../client'

/** Counts anew what a space holds and what people did in it, after rows were copied into it. */
export async function refreshCounters(sql: Sql, space: string): Promise<void> {
  await sql.query(
    `update spaces set
       proposal_count = (select count(*) from proposals where space_id = $1 and hidden_at is null),
       vote_count = (select count(*) from votes where space_id = $1 and current),
       follower_count = (select count(*) from follows where space_id = $1),
       active_at = greatest(active_at, to_timestamp(greatest(
         (select max(timestamp) from proposals where space_id = $1),
         (select max(timestamp) from votes where space_id = $1))))
     where id = $1`,
    [space],
  )
  await sql.query(
    `insert into participations (space_id, address, proposal_count, vote_count, last_vote)
     select $1, address, sum(proposals), sum(votes), max(last_vote) from (
       select author as address, count(*) as proposals, 0 as votes, null::bigint as last_vote from proposals
       where space_id = $1 and hidden_at is null group by author
       union all
       select voter, 0, count(*), max(timestamp) from votes where space_id = $1 and current group by voter
     ) deeds group by address
     on conflict (space_id, address) do update set proposal_count = excluded.proposal_count,
       vote_count = excluded.vote_count, last_vote = excluded.last_vote`,
    [space],
  )
}
