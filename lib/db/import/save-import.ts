import type { Sql } from '../client'

/** Notes how far a space was copied; with `report`, what a whole look came to. */
export async function saveImport(
  sql: Pick<Sql, 'query'>,
  at: Date,
  {
    space,
    hub,
    cursors,
    report,
  }: { readonly space: string; readonly hub: string; readonly cursors: object; readonly report?: object },
): Promise<void> {
  await sql.query(
    `insert into imports (space_id, hub, cursors, report, started_at, updated_at)
     values ($1, $2, $3::jsonb, coalesce($4::jsonb, '{}'), $5, $5)
     on conflict (space_id) do update set cursors = excluded.cursors, updated_at = excluded.updated_at,
       report = coalesce($4::jsonb, imports.report)`,
    [space, hub, JSON.stringify(cursors), report ? JSON.stringify(report) : null, at],
  )
}
