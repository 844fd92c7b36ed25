import type { Database } from '../client'

/** When a delegate's statement to a space was signed, unix seconds; undefined when there is none. */
export async function findStatementTime(
  db: Pick<Database, 'query'>,
  { delegate, space }: { readonly delegate: string; readonly space: string },
): Promise<number | undefined> {
  const { rows } = await db.query<{ updated: string }>(
    'select updated from statements where delegate = $1 and space_id = $2',
    [delegate, space],
  )
  return rows[0] && Number(rows[0].updated)
}
