import type { ImportTurn } from './append-imported'

/** Hides a proposal that its hub shows no more. */
export async function hideImported(
  { sql, at }: ImportTurn,
  { id, by, as }: { readonly id: string; readonly by: string; readonly as: 'author' | 'admin' | 'moderator' },
): Promise<void> {
  await sql.query(
    `update proposals set hidden_at = $2, hidden_by = $3, hidden_as = $4
     where id = $1 and hidden_at is null and origin is not null`,
    [id, at, by, as],
  )
}
