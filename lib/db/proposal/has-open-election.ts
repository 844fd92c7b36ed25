import type { Database } from '../client'

/** Whether a tally module counts the ballots of a proposal of the space that is not over at `now` (unix seconds). */
export async function hasOpenElection(
  db: Pick<Database, 'query'>,
  { space, now }: { readonly space: string; readonly now: number },
): Promise<boolean> {
  const { rowCount } = await db.query(
    `select 1 from proposals where space_id = $1 and "end" >= $2 and hidden_as is distinct from 'author'
       and execution_hash is not null and plugins -> 'comitia' ? 'module' limit 1`,
    [space, now],
  )
  return rowCount !== 0
}
