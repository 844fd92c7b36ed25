import type { Sql } from '../client'
import type { NewMessage, SaveSpace } from '../log/new-message'

/** Creates a space, or replaces its settings as a whole. The caller holds the log's lock. */
export async function saveSpace(
  sql: Sql,
  { id, space }: NewMessage,
  { name, settings, controller, domain, nameOwner, nameKeptUntil }: SaveSpace,
  at: Date,
): Promise<void> {
  await sql.query(
    `insert into spaces (id, name, settings, controller, settings_id, created_at, updated_at, active_at, domain,
       name_owner, name_kept_until, name_checked_at)
     values ($1, $2, $3::jsonb, $4, $5, $6, $6, $6, $7, $8, $9, case when $8::text is null then null else $6::timestamptz end)
     on conflict (id) do update set name = excluded.name, settings = excluded.settings,
       controller = excluded.controller, settings_id = excluded.settings_id, updated_at = excluded.updated_at,
       domain = excluded.domain, name_owner = excluded.name_owner, name_kept_until = excluded.name_kept_until,
       name_checked_at = excluded.name_checked_at, name_problem = null, hibernated = false`,
    [space, name, JSON.stringify(settings), controller, id, at, domain, nameOwner, nameKeptUntil],
  )
}
