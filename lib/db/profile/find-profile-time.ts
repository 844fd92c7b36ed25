import type { Database } from '../client'

/** When the profile of an address was signed, unix seconds; undefined when there is none. */
export async function findProfileTime(
  db: Pick<Database, 'query'>,
  address: string,
): Promise<number | undefined> {
  const { rows } = await db.query<{ created: string }>('select created from profiles where address = $1', [
    address,
  ])
  return rows[0] && Number(rows[0].created)
}
