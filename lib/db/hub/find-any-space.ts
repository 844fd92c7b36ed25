import { type HubSpace, spaces } from './lists/spaces'
import { type HubReader, queryPublic } from './query-public'

/** A space by its id, lower-case, also one that was deleted. */
export async function findAnySpace(
  reader: HubReader,
  id: string,
): Promise<(HubSpace & { readonly isDeleted: boolean }) | undefined> {
  const [row] = await queryPublic(
    reader,
    `select ${spaces.columns}, s.deleted_at is not null as deleted from ${spaces.from} where s.id = $1`,
    [id],
  )
  return row && { ...spaces.toRow(row), isDeleted: row.deleted }
}
