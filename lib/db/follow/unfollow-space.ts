import type { Sql } from '../client'
import type { NewMessage } from '../log/new-message'

/** Has the message's author follow its space no more. The caller holds the log's lock. */
export async function unfollowSpace(sql: Sql, { author, space }: NewMessage): Promise<void> {
  await sql.query(
    `with gone as (delete from follows where follower = $1 and space_id = $2 returning 1)
     update spaces set follower_count = follower_count - (select count(*) from gone) where id = $2`,
    [author, space],
  )
}
