import type { Database } from '../client'

/** The other space that a web address shows. In a transaction, what it wrote counts. */
export async function findDomainHolder(
  db: Pick<Database, 'query'>,
  { domain, space }: { readonly domain: string; readonly space: string },
): Promise<string | undefined> {
  const { rows } = await db.query<{ id: string }>('select id from spaces where domain = $1 and id <> $2', [
    domain,
    space,
  ])
  return rows[0]?.id
}
