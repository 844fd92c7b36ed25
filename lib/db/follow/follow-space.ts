import type { Sql } from '../client'
import type { NewMessage } from '../log/new-message'

/** Has the message's author follow its space, and counts him there. The caller holds the log's lock and knows that he does not. */
export async function followSpace(
  sql: Sql,
  { id, author, space, timestamp }: NewMessage,
  { network }: { readonly network: string },
): Promise<void> {
  await sql.query(
    `with followed as (
       insert into follows (follower, space_id, network, id, created) values ($1, $2, $3, $4, $5)
     )
     update spaces set follower_count = follower_count + 1 where id = $2`,
    [author, space, network, id, timestamp],
  )
}
