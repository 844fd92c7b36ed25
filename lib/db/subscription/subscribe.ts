import type { Sql } from '../client'
import type { NewMessage } from '../log/new-message'

/** Subscribes the message's author to its space. The caller holds the log's lock and knows that he is not. */
export async function subscribe(sql: Sql, { id, author, space, timestamp }: NewMessage): Promise<void> {
  await sql.query('insert into subscriptions (address, space_id, id, created) values ($1, $2, $3, $4)', [
    author,
    space,
    id,
    timestamp,
  ])
}
