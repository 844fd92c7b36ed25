import type { Database } from '../client'

/** A space with an ENS name, and what is known of the name. */
export interface DueName {
  readonly id: string
  readonly settingsId: string
  readonly controller: string
  readonly nameOwner: string | null
  /** Unix seconds. */
  readonly nameKeptUntil: number | null
  readonly nameProblem: string | null
}

/**
 * Spaces with ENS names that were not looked at since, those first that waited longest. Copies from another hub are left
 * out until settings of them are signed here.
 */
export async function listDueNames(db: Database, since: Date, first: number): Promise<DueName[]> {
  const { rows } = await db.query<DueName>(
    `select id, settings_id as "settingsId", controller, name_owner as "nameOwner",
       name_kept_until::float8 as "nameKeptUntil", name_problem as "nameProblem"
     from spaces
     where strpos(id, '.') > 0 and deleted_at is null and settings_id is distinct from origin ->> 'settingsId'
       and (name_checked_at is null or name_checked_at < $1)
     order by name_checked_at nulls first, id limit $2`,
    [since, first],
  )
  return rows
}
