import type { Sql } from '../client'
import type { NewMessage, SaveStatement } from '../log/new-message'

/** Replaces what a delegate says to a space; the first one's time stays with it. */
export async function saveStatement(
  sql: Sql,
  { id, author, space, timestamp }: NewMessage,
  { about, statement, discourse, status, network }: SaveStatement,
): Promise<void> {
  await sql.query(
    `insert into statements (delegate, space_id, network, id, about, statement, discourse, status, created, updated)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)
     on conflict (delegate, space_id, network) do update set id = excluded.id, about = excluded.about,
       statement = excluded.statement, discourse = excluded.discourse, status = excluded.status,
       updated = excluded.updated`,
    [author, space, network, id, about, statement, discourse, status, timestamp],
  )
}
