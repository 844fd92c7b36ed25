import type { Database } from '../client'

/**
 * Drops, of the messages that wait without any approval, the one that has waited longest: of one wallet, or of all (null).
 * Answers its id; undefined where there is none.
 */
export async function dropUnapproved(db: Database, address: string | null): Promise<string | undefined> {
  const { rows } = await db.query<{ id: string }>(
    `delete from relayed_envelopes where id = (
       select id from relayed_envelopes
       where state = 'waiting' and ($1::text is null or address = $1) and approvals = '{}'
         and jsonb_array_length(coalesce(safe -> 'approvedBy', '[]')) = 0
       order by created_at, id limit 1 for update skip locked
     ) returning id`,
    [address],
  )
  return rows[0]?.id
}
