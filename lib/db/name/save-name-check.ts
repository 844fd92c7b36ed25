import type { HexString } from '../../core/views/hex-string'
import type { Database } from '../client'

/** What was found out about the name of a space. */
export interface NameCheck {
  readonly space: string
  /** Why its settings are frozen, in words; null: they are not. */
  readonly problem: string | null
  readonly at: Date
  /** Whose it is from now on; unless given, whose it was stays. */
  readonly holder?: {
    readonly owner: HexString | null
    readonly controller: HexString
    /** Unix seconds until which nobody but the owner can give it away. */
    readonly keptUntil: number | null
  }
}

/** Notes it, unless the space's settings are no longer those that it was found out under. */
export async function saveNameCheck(
  db: Database,
  { space, problem, at, holder }: NameCheck,
  settingsId: string,
): Promise<void> {
  await db.query(
    `update spaces set name_problem = $3, name_checked_at = $4,
       name_owner = case when $5 then $6 else name_owner end,
       controller = case when $5 then $7 else controller end,
       name_kept_until = case when $5 then $8 else name_kept_until end
     where id = $1 and settings_id = $2`,
    [
      ...[space, settingsId, problem, at, holder !== undefined],
      ...[holder?.owner ?? null, holder?.controller ?? null, holder?.keptUntil ?? null],
    ],
  )
}
