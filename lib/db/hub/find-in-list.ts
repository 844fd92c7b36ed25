import { isText } from '../../core/messages/normalise-value'
import type { HubList } from './hub-list'
import { type HubReader, queryPublic } from './query-public'

/** The rows of a list that have one of these ids, whatever stranger gave them. */
export async function findInList<Row>(
  reader: HubReader,
  list: HubList<Row>,
  ids: readonly string[],
): Promise<Row[]> {
  const rows = await queryPublic(
    reader,
    `select ${list.columns} from ${list.from} where ${list.visible} and ${list.fields.id?.sql} = any($1::text[])`,
    [ids.filter(isText)],
  )
  return rows.map(list.toRow)
}
