import type { Sql } from '../client'
import type { NewMessage } from '../log/new-message'

/** Ends a link of the message's author, for what was linked before it too. What the key signed before stays. */
export async function revokeAlias(
  sql: Sql,
  { author, timestamp }: NewMessage,
  { alias }: { readonly alias: string },
): Promise<void> {
  await sql.query(
    'update aliases set revoked_at = greatest(created, $3::bigint) where alias = $1 and address = $2',
    [alias, author, timestamp],
  )
}
