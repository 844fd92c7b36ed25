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
 * each part of the statement is a range of an index that has the order, and ends when the page is full.
 */
export function pageSql(list: HubList<unknown>, query: HubQuery): Statement {
  const { values, bind } = createBinder()
  const order = list.orders[query.order] as HubOrder
  const directions = order.keys.map((key) => directionOf(key, query.direction))
  const partition = list.partitions?.find((field) => Array.isArray(query.where[`${field}_in`]))
  const { where, source } = partition
    ? partitioned(list, query.where, partition, bind)
    : { where: query.where, source: undefined }
  const conditions = [
    list.visible,
    ...(source ? [source.condition] : []),
    ...conditionsOf(list, where, bind, query.now),
  ]
  const after = query.after?.map((value, index) => `${bind(value)}::${order.keys[index]?.type}`)
  const limit = bind(query.first + query.skip)

  const whole = { where: 'true', keys: order.keys.map(({ sql }) => sql) }
  const parts = (order.parts ?? [whole]).flatMap((part) => {
    const bounds = rangesOf(list, where, part.keys[0] ?? '', bind)
    return rangesAfter(part.keys, directions, after).map(
      (
        range,
      ) => `(select ${list.key ? `${list.key} as key` : list.columns}, ${part.keys.map((key, i) => `${key} as key_${i}`).join(', ')}
        from ${list.from} where ${[...conditions, part.where, ...bounds, ...range].join(' and ')}
        order by ${orderBy(part.keys, directions)} limit ${limit})`,
    )
  })
  const rows = parts.join(' union all ')
  const inOrder = `order by ${orderBy(
    order.keys.map((_, i) => `key_${i}`),
    directions,
  )}`
  const page = `select page.* from ${source ? `${source.from} cross join lateral (${rows}) page` : `(${rows}) page`}
    ${inOrder} limit ${bind(query.first)} offset ${bind(query.skip)}`
  return {
    text: list.key
      ? `select page.*, ${list.columns} from (${page}) page join ${list.from} on ${list.key} = page.key ${inOrder}`
      : page,
    values,
  }
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
    where: rest,
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
  return keys.map((key, i) => `${key} ${directions[i]}`).join(', ')
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
