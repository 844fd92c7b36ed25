import type { Database } from '../client'

/** The lowest version that can say what a proposal's bundle has to say, up to that size of the log. */
export async function findVersion(
  db: Database,
  { proposal, logSize }: { readonly proposal: string; readonly logSize: bigint },
): Promise<1 | 2> {
  const { rowCount } = await db.query(
    `select 1 from messages where proposal = $1 and log_index < $2
       and (verification ? 'alias' or kind = 'flag-proposal') limit 1`,
    [proposal, logSize],
  )
  return rowCount === 0 ? 1 : 2
}
