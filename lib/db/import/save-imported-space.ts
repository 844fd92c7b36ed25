import type { Sql } from '../client'

/** A space as another hub has it. */
export interface ImportedSpace {
  readonly id: string
  readonly name: string
  readonly settings: object
  readonly controller: string
  readonly settingsId: string
  /** Unix seconds. */
  readonly created: number
  readonly origin: object
}

/**
 * Creates a space, or replaces its settings. Of one whose newest settings were signed here nothing changes: it has moved.
 * The caller holds the log's lock.
 */
export async function saveImportedSpace(
  sql: Sql,
  { id, name, settings, controller, settingsId, created, origin }: ImportedSpace,
  at: Date,
): Promise<void> {
  await sql.query(
    `insert into spaces (id, name, settings, controller, settings_id, created_at, updated_at, active_at, origin)
     values ($1, $2, $3::jsonb, $4, $5, to_timestamp($6), $7, to_timestamp($6), $8::jsonb)
     on conflict (id) do update set name = excluded.name, settings = excluded.settings,
       controller = excluded.controller, settings_id = excluded.settings_id, updated_at = excluded.updated_at,
       origin = spaces.origin || jsonb_build_object('settingsId', excluded.settings_id)
     where spaces.settings_id <> excluded.settings_id and spaces.settings_id = spaces.origin ->> 'settingsId'`,
    [
      id,
      name,
      JSON.stringify(settings),
      controller,
      settingsId,
      created,
      at,
      JSON.stringify({ ...origin, settingsId }),
    ],
  )
}
