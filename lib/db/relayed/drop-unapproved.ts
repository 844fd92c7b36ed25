import type { Sql } from '../client'

const isUnapproved = `state = 'waiting' and approvals = '{}'
  and jsonb_array_length(coalesce(safe -> 'approvedBy', '[]')) = 0`

/**
 * Drops, of the messages that wait without any approval at one wallet, or at all (null), the newest of the sender who has
 * most there, of several such the one who came last. Only of one who has more than the newcomer will have with his: so
 * never a sender's only one. Answers its id; undefined where there is none.
 */
export async function dropUnapproved(
  sql: Sql,
  { address, newcomer }: { readonly address: string | null; readonly newcomer: string },
): Promise<string | undefined> {
  // The condition stands twice: what was approved meanwhile stays.
  const { rows } = await sql.query<{ id: string }>(
    `with unapproved as (
       select id, sender, created_at, count(*) over own as held, max(created_at) over own as latest
       from relayed_envelopes where ${isUnapproved} and ($1::text is null or address = $1)
       window own as (partition by sender)
     )
     delete from relayed_envelopes where ${isUnapproved} and id = (
       select id from unapproved
       where held > 1 + (select count(*) from unapproved where sender = $2)
       order by held desc, latest desc, sender, created_at desc, id desc limit 1
     ) returning id`,
    [address, newcomer],
  )
  return rows[0]?.id
}
