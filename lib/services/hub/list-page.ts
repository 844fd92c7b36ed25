import { z } from 'zod'
import { refuse } from '../../core/errors'
import { isText } from '../../core/messages/normalise-value'
import type { Direction, HubList, HubOrder, HubWhere } from '../../db/hub/hub-list'
import { countList, readList } from '../../db/hub/read-list'
import { decodeCursor, encodeCursor } from '../keyset-cursor'
import type { HubRequest } from './hub-request'

/** What GraphQL hands to a list. */
export interface ListArguments {
  readonly first: number
  readonly skip: number
  readonly where?: HubWhere | null
  readonly orderBy?: string | null
  readonly orderDirection?: Direction | null
  /** The cursor of the row that the page comes after. */
  readonly after?: string | null
}

/** How much one may ask of a list: Snapshot's limits unless told. `in` is of the lists in `where`, by their names. */
export interface ListLimits {
  readonly first?: number
  readonly skip?: number
  readonly in?: Readonly<Record<string, number>>
}

const MAX_IN = 100

/**
 * A page of a list, each row as `view` shows it with its cursor. Throws `invalid`, in Snapshot's words where there are any.
 */
export async function listPage<Row, View extends object>(
  hub: HubRequest,
  list: HubList<Row>,
  args: ListArguments,
  view: (row: Row) => View,
  limits: ListLimits = {},
): Promise<(View & { readonly cursor: string })[]> {
  checkLimits(args, limits)
  const order = orderOf(list, args.orderBy)
  const direction = args.orderDirection ?? 'desc'
  const after = args.after == null ? undefined : readCursor(list, [order, direction], args.after)
  const rows = await readList(hub.reader, list, {
    where: args.where ?? {},
    order,
    direction,
    after,
    first: args.first,
    skip: args.skip,
    now: hub.now,
  })
  return rows.map(({ row, keys }) => ({
    ...view(row),
    cursor: encodeCursor([order, direction, ...keys]),
  }))
}

function orderOf(list: HubList<unknown>, asked: string | null | undefined): string {
  if (!asked) return list.order
  return Object.hasOwn(list.orders, asked) ? asked : (list.unknownOrder ?? list.order)
}

/** How many rows there are on all pages together. Throws `invalid`. */
export function countRows(
  hub: HubRequest,
  list: HubList<unknown>,
  where: HubWhere | null | undefined,
  limits: ListLimits = {},
): Promise<number> {
  checkLimits({ first: 0, skip: 0, where }, limits)
  return countList(hub.reader, list, where ?? {}, hub.now)
}

/** Throws `invalid` for more than may be asked at once, or less than nothing. */
export function checkLimits(
  { first, skip, where }: Pick<ListArguments, 'first' | 'skip'> & { readonly where?: unknown },
  limits: ListLimits,
): void {
  for (const [name, value, limit] of [
    ['first', first, limits.first ?? 1_000],
    ['skip', skip, limits.skip ?? 5_000],
  ] as const) {
    if (value > limit) tooMuch(name, limit)
    if (value < 0) refuse(`The \`${name}\` argument must be positive`)
  }
  for (const [name, value] of Object.entries(where ?? {})) {
    const limit = limits.in?.[name] ?? MAX_IN
    if (name.endsWith('_in') && Array.isArray(value) && value.length > limit) tooMuch(name, limit)
  }
}

function tooMuch(name: string, limit: number): never {
  refuse(`The \`${name}\` argument must not be greater than ${limit}`)
}

const keys = {
  bigint: z.string().regex(/^-?\d{1,18}$/),
  numeric: z.string().regex(/^-?\d{1,120}$/),
  text: z.string().max(200).refine(isText),
}

/** A place in this order; refuses one in another. */
function readCursor(
  list: HubList<unknown>,
  order: readonly [name: string, direction: Direction],
  cursor: string,
): string[] {
  const [name, direction] = order
  const schema = (list.orders[name] as HubOrder).keys.map(({ type }) => keys[type])
  const whole = z.tuple([z.literal(name), z.literal(direction), ...schema])
  return decodeCursor(whole as z.ZodType<string[]>, cursor).slice(2)
}
