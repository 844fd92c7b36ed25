import type { HubList, HubWhere } from './hub-list'
import { countSql, type HubQuery, pageSql } from './page-sql'
import { type HubReader, queryPublic } from './query-public'

/** A row and its place in the order that it was asked in. */
export interface PlacedRow<Row> {
  readonly row: Row
  readonly keys: readonly string[]
}

/** A page of a list. Throws `invalid` for an address that is none, `database_unavailable` when it takes too long. */
export async function readList<Row>(
  reader: HubReader,
  list: HubList<Row>,
  query: HubQuery,
): Promise<PlacedRow<Row>[]> {
  if (query.first === 0) return []
  const { text, values } = pageSql(list, query)
  const rows = await queryPublic(reader, text, values)
  const width = list.orders[query.order]?.keys.length ?? 0
  return rows.map((columns) => ({
    row: list.toRow(columns),
    keys: Array.from({ length: width }, (_, i) => String(columns[`key_${i}`])),
  }))
}

/** How many rows of a list fit. Throws as `readList` does. */
export async function countList(
  reader: HubReader,
  list: HubList<unknown>,
  where: HubWhere,
  now: number,
): Promise<number> {
  const { text, values } = countSql(list, where, now)
  const [row] = await queryPublic(reader, text, values)
  return Number(row?.count)
}
