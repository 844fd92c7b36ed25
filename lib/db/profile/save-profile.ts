import type { Sql } from '../client'
import type { NewMessage, SaveProfile } from '../log/new-message'

/** Replaces what somebody says of himself, as a whole. */
export async function saveProfile(
  sql: Sql,
  { id, author, timestamp }: NewMessage,
  { profile }: SaveProfile,
): Promise<void> {
  await sql.query(
    `insert into profiles (address, id, profile, created) values ($1, $2, $3::jsonb, $4)
     on conflict (address) do update set id = excluded.id, profile = excluded.profile, created = excluded.created`,
    [author, id, JSON.stringify(profile), timestamp],
  )
}
