import type { Database } from '../client'
import type { HubList } from './hub-list'
import { queryForAll } from './query-for-all'

/** The rows of a list that have one of these ids. */
export async function findInList<Row>(
  db: Database,
  list: HubList<Row>,
  ids: readonly string[],
): Promise<Row[]> {
  const rows = await queryForAll(
    db,
    `select ${list.columns} from ${list.from} where ${list.visible} and ${list.fields.id?.sql} = any($1::text[])`,
    [ids],
  )
  return rows.map(list.toRow)
}
