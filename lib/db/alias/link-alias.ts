import type { Sql } from '../client'
import type { NewMessage } from '../log/new-message'

/** Links a key to the message's author, or renews it. The caller holds the log's lock and knows that nobody else has it. */
export async function linkAlias(
  sql: Sql,
  { id, author, timestamp, verification }: NewMessage,
  { alias }: { readonly alias: string },
): Promise<void> {
  await sql.query(
    `insert into aliases (alias, address, id, created, chain_id) values ($1, $2, $3, $4, $5)
     on conflict (alias, address) do update set id = excluded.id, created = excluded.created,
       chain_id = excluded.chain_id, revoked_at = null`,
    [alias, author, id, timestamp, 'chainId' in verification ? verification.chainId : null],
  )
}
