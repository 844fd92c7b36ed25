import { conditionsOf, normaliseValues, rangesOf } from './conditions-of'
import type { Direction, HubKey, HubList, HubOrder, HubWhere } from './hub-list'

export interface HubQuery {
  readonly where: HubWhere
  readonly order: string
  readonly direction: Direction
  /** The keys of the row that the page comes after. */
  readonly after: readonly string[] | undefined
  readonly first: number
  readonly skip: number
  /** Unix seconds. */
  readonly now: number
}

export interface Statement {
  readonly text: string
  readonly values: readonly unknown[]
}

/**
 * A page of a list in one statement, its rows with `key_0`, `key_1` …: their place in the order. However far the cursor is,
 * each part of the statement is a range of an index that has the order, and ends when the page is full. The page of
 * somebody's aliases that comes after another one:
 *
 *     select page.* from (
 *       (select a.id, a.alias, …, a.created as key_0, a.id as key_1 from aliases a
 *         where a.revoked_at is null and a.address = $1::text and true and a.created < $2::bigint
 *         order by a.created desc, a.id desc limit $4)
 *       union all
 *       (select a.id, a.alias, …, a.created as key_0, a.id as key_1 from aliases a
 *         where a.revoked_at is null and a.address = $1::text and true and a.created = $2::bigint and a.id < $3::text
 *         order by a.created desc, a.id desc limit $4)
 *     ) page
 *     order by key_0 desc, key_1 desc limit $5 offset $6
 */
export function pageSql(list: HubList<unknown>, query: HubQuery): Statement {
  const { values, bind } = createBinder()
  const order = list.orders[query.order] as HubOrder
  const directions = order.keys.map((key) => directionOf(key, query.direction))
  const partition = list.partitions?.find((field) => Array.isArray(query.where[`${field}_in`]))
  const { asked, source } = partition
    ? partitioned(list, query.where, partition, bind)
    : { asked: query.where, source: undefined }
  const conditions = [
    list.visible,
    ...(source ? [source.condition] : []),
    ...conditionsOf(list, asked, bind, query.now),
  ]
  const after = query.after?.map((value, index) => `${bind(value)}::${order.keys[index]?.type}`)
  const limit = bind(query.first + query.skip)

  const whole = { where: 'true', keys: order.keys.map(({ sql }) => sql) }
  const parts = (order.parts ?? [whole]).flatMap((part) => {
    const columns = list.key ? `${list.key} as key` : list.columns
    const select = [columns, ...part.keys.map((key, i) => `${key} as key_${i}`)].join(', ')
    const bounds = rangesOf(list, asked, part.keys[0] ?? '', bind)
    const inOrder = orderBy(part.keys, directions)
    return rangesAfter(part.keys, directions, after).map((range) => {
      const where = [...conditions, part.where, ...bounds, ...range].join(' and ')
      return `(select ${select} from ${list.from} where ${where} ${inOrder} limit ${limit})`
    })
  })

  const rows = `(${parts.join(' union all ')}) page`
  const from = source ? `${source.from} cross join lateral ${rows}` : rows
  const places = order.keys.map((_, i) => `key_${i}`)
  const inOrder = orderBy(places, directions)
  const page = `select page.* from ${from} ${inOrder} limit ${bind(query.first)} offset ${bind(query.skip)}`
  if (!list.key) return { text: page, values }
  const withRow = `(${page}) page join ${list.from} on ${list.key} = page.key`
  return { text: `select page.*, ${list.columns} from ${withRow} ${inOrder}`, values }
}

/** How many rows of a list fit, in one statement. */
export function countSql(list: HubList<unknown>, where: HubWhere, now: number): Statement {
  const { values, bind } = createBinder()
  const conditions = [list.visible, ...conditionsOf(list, where, bind, now)]
  return { text: `select count(*) from ${list.from} where ${conditions.join(' and ')}`, values }
}

function createBinder() {
  const values: unknown[] = []
  return { values, bind: (value: unknown) => `$${values.push(value)}` }
}

/** The rows of each value for themselves: no index has those of several in one order. */
function partitioned(
  list: HubList<unknown>,
  where: HubWhere,
  name: string,
  bind: (value: unknown) => string,
) {
  const { [`${name}_in`]: wanted, ...rest } = where
  const field = list.fields[name]
  if (!field || !Array.isArray(wanted)) throw new Error(`no rows by ${name}`)
  return {
    asked: rest,
    source: {
      from: `unnest(${bind(normaliseValues(field, name, wanted))}::text[]) as wanted(value)`,
      condition: `${field.sql} = wanted.value`,
    },
  }
}

function directionOf({ runs }: HubKey, direction: Direction): Direction {
  if (runs === 'up') return 'asc'
  if (runs === 'with') return direction
  return direction === 'asc' ? 'desc' : 'asc'
}

function orderBy(keys: readonly string[], directions: readonly Direction[]): string {
  return `order by ${keys.map((key, i) => `${key} ${directions[i]}`).join(', ')}`
}

/** The places after another one: those that share no key with it, those that share the first alone, and so on. */
function rangesAfter(
  keys: readonly string[],
  directions: readonly Direction[],
  after: readonly string[] | undefined,
): string[][] {
  if (after === undefined) return [[]]
  return keys.map((key, i) => [
    ...keys.slice(0, i).map((shared, j) => `${shared} = ${after[j]}`),
    `${key} ${directions[i] === 'asc' ? '>' : '<'} ${after[i]}`,
  ])
}
