import type { Sql } from '../client'
import type { NewMessage } from '../log/new-message'

/** Ends the subscription of the message's author to its space, if there is one. */
export async function unsubscribe(sql: Sql, { author, space }: NewMessage): Promise<void> {
  await sql.query('delete from subscriptions where address = $1 and space_id = $2', [author, space])
}
