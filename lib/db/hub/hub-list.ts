/** A list that strangers may filter, order and page as they like: which columns it shows, and what may be asked of them. */
export interface HubList<Row> {
  /** `from` and the table's alias. */
  readonly from: string
  /** What every row fulfils. */
  readonly visible: string
  readonly columns: string
  /** A unique column that indexes have. With it, a row is read only once its place is on the page. */
  readonly key?: string
  /** What can be asked with `<field>`, `<field>_not`, `_in`, `_not_in`, `_gt`, `_gte`, `_lt`, `_lte`. */
  readonly fields: Readonly<Record<string, HubField>>
  /** What is asked otherwise. Undefined: this value sets no condition. */
  readonly conditions?: Readonly<Record<string, HubCondition>>
  readonly orders: Readonly<Record<string, HubOrder>>
  /** Unless an order is asked for. */
  readonly order: string
  /** Where one is asked for that there is not; `order` unless told. */
  readonly unknownOrder?: string
  /** Fields whose `_in` is read value by value, because an index holds each value's rows in order. The first given counts. */
  readonly partitions?: readonly string[]
  readonly toRow: (columns: HubColumns) => Row
}

/** A field's column and how its values are compared. */
export interface HubField {
  readonly sql: string
  /**
   * `hash`: hex in lower case. `space`: an id in lower case. `address`: EIP-55, given in any case. `content`: a content id;
   * the column holds the message's id. `power`: 18 decimals, compared as the double that is shown; null counts as 0.
   */
  readonly type:
    | 'text'
    | 'hash'
    | 'space'
    | 'address'
    | 'integer'
    | 'number'
    | 'power'
    | 'boolean'
    | 'content'
  /** By how much the number that is shown is larger than the column's. */
  readonly shift?: number
  /** Values that are shown for several of the column, or that are never shown. */
  readonly standsFor?: Readonly<Record<string, readonly string[]>>
  /** A wider condition that an index knows, on an array of values. */
  readonly within?: (values: string) => string
}

/** A condition in SQL; `bind` takes a value and gives its placeholder. `now` is in unix seconds. */
export type HubCondition = (
  value: unknown,
  bind: (value: unknown) => string,
  now: number,
) => string | undefined

/** An order that no two rows share a place in. */
export interface HubOrder {
  readonly keys: readonly HubKey[]
  /**
   * The rows in parts that an index holds in this order each, where it does not hold all of them: the keys of a part
   * are those of the order, as that index has them.
   */
  readonly parts?: readonly { readonly where: string; readonly keys: readonly string[] }[]
}

export interface HubKey {
  /** Never null. */
  readonly sql: string
  readonly type: 'bigint' | 'numeric' | 'text'
  /** With the direction asked for, against it, or ascending always. */
  readonly runs: 'with' | 'against' | 'up'
}

/** A row as `pg` reads it: bigint and numeric as text. */
// biome-ignore lint/suspicious/noExplicitAny: each list knows the columns that it selects
export type HubColumns = Readonly<Record<string, any>>

export type Direction = 'asc' | 'desc'

/** What GraphQL's `where` says, checked against the schema. */
export type HubWhere = Readonly<Record<string, unknown>>
