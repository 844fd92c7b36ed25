import { refuse } from '../../core/errors'
import { checksumAddress } from '../../core/messages/checksum-address'
import { digestOfCid } from '../../core/messages/envelope'
import { isText } from '../../core/messages/normalise-value'
import { fixedPoint } from '../../core/tally/fixed-point'
import type { HubField, HubList, HubWhere } from './hub-list'

const operators = { gt: '>', gte: '>=', lt: '<', lte: '<=' } as const

const casts = {
  text: 'text',
  hash: 'text',
  space: 'text',
  address: 'text',
  integer: 'bigint',
  number: 'float8',
  power: 'float8',
  boolean: 'boolean',
  content: 'bytea',
} as const satisfies Record<HubField['type'], string>

const NOTHING = 'false'

/**
 * What `where` asks of a list's rows, as conditions that all have to hold, their values bound. As Snapshot's hub reads
 * them: an empty `_in` or `_not_in` fits no row, null equals nothing, a bound of 0 is none. Throws `invalid` for an address
 * that is none.
 */
export function conditionsOf(
  list: Pick<HubList<unknown>, 'fields' | 'conditions'>,
  where: HubWhere,
  bind: (value: unknown) => string,
  now: number,
): string[] {
  return Object.entries(where).flatMap(([name, value]) => {
    if (value === undefined) return []
    const condition = list.conditions?.[name]
    if (condition) return condition(value, bind, now) ?? []
    const { field, name: fieldName, suffix } = findField(list, name)
    switch (suffix) {
      case '':
      case 'not':
        return value === null ? NOTHING : compareWith(field, fieldName, [value], suffix === 'not', bind)
      case 'in':
      case 'not_in':
        return Array.isArray(value) ? compareWith(field, fieldName, value, suffix === 'not_in', bind) : []
      default: {
        // Leaderboards declare their bounds as lists.
        const bound = Array.isArray(value) ? value[0] : value
        if (!bound) return []
        const exact = `${columnOf(field)} ${operators[suffix]} ${bind(normalise(field, fieldName, bound))}::${casts[field.type]}`
        // No power counts as 0, which is above no bound but a negative one.
        const isAbove = suffix === 'gt' || suffix === 'gte'
        const range = isAbove ? rangeOf(field, suffix, bound, bind) : undefined
        return range === undefined ? [exact] : [exact, range]
      }
    }
  })
}

/** What a list of values is compared as, each in its one form; those that no row can have are left out. */
export function normaliseValues(field: HubField, name: string, values: readonly unknown[]): unknown[] {
  const normal = values.flatMap((value) => {
    const one = normalise(field, name, value)
    const several = field.standsFor ?? {}
    return (typeof one === 'string' && Object.hasOwn(several, one) ? several[one] : one) ?? []
  })
  return field.type === 'content' ? normal : [...new Set(normal)]
}

/**
 * The bounds that `where` sets to a column of powers, somewhat too wide, but such that an index on it can use them. They
 * leave out rows without power.
 */
export function rangesOf(
  list: Pick<HubList<unknown>, 'fields'>,
  where: HubWhere,
  column: string,
  bind: (value: unknown) => string,
): string[] {
  return Object.entries(list.fields)
    .filter(([, { sql, type }]) => sql === column && type === 'power')
    .flatMap(([name, field]) =>
      (['gt', 'gte', 'lt', 'lte'] as const).flatMap(
        (suffix) => rangeOf(field, suffix, where[`${name}_${suffix}`], bind) ?? [],
      ),
    )
}

/** More than any rounding of a double, relative to it. */
const SLACK = 1e-15

function rangeOf(
  { sql, type }: HubField,
  suffix: keyof typeof operators,
  bound: unknown,
  bind: (value: unknown) => string,
): string | undefined {
  if (type !== 'power' || typeof bound !== 'number' || bound <= 0) return undefined
  const isAbove = suffix === 'gt' || suffix === 'gte'
  const wide = fixedPoint(bound * (isAbove ? 1 - SLACK : 1 + SLACK)) + (isAbove ? 0n : 1n)
  return `${sql} ${isAbove ? '>=' : '<='} ${bind(String(wide))}::numeric`
}

type Suffix = '' | 'not' | 'in' | 'not_in' | keyof typeof operators

function findField({ fields }: Pick<HubList<unknown>, 'fields'>, key: string) {
  const [, name = key, suffix = ''] = /^(.+?)(?:_(not_in|not|in|gte|gt|lte|lt))?$/.exec(key) ?? []
  const field = fields[name]
  if (!field) throw new Error(`the list has no field ${key}`)
  return { field, name, suffix: suffix as Suffix }
}

function compareWith(
  field: HubField,
  name: string,
  values: readonly unknown[],
  isNegated: boolean,
  bind: (value: unknown) => string,
): string {
  if (values.length === 0) return NOTHING
  const normal = normaliseValues(field, name, values)
  if (field.type === 'content') {
    return `${isNegated ? 'not ' : ''}${field.sql} in (select id from messages where envelope_hash = any(${bind(normal)}::bytea[]))`
  }
  const column = columnOf(field)
  const cast = casts[field.type]
  if (field.within && !isNegated) {
    const array = `${bind(normal)}::${cast}[]`
    return `${column} = any(${array}) and ${field.within(array)}`
  }
  // One value as such: an index then has its rows in order.
  if (normal.length === 1) return `${column} ${isNegated ? '<>' : '='} ${bind(normal[0])}::${cast}`
  return isNegated
    ? `${column} <> all(${bind(normal)}::${cast}[])`
    : `${column} = any(${bind(normal)}::${cast}[])`
}

function columnOf({ sql, type }: HubField): string {
  return type === 'power' ? `(coalesce(${sql}, 0) * 0.000000000000000001)::float8` : sql
}

function normalise({ type, shift = 0 }: HubField, name: string, value: unknown): unknown {
  if (typeof value === 'number') return value - shift
  if (typeof value !== 'string') return value ?? undefined
  switch (type) {
    case 'address':
      return normaliseAddress(name, value)
    case 'content': {
      const digest = digestOfCid(value)
      return digest && Buffer.from(digest)
    }
    case 'hash':
    case 'space':
      return isText(value) ? value.toLowerCase() : undefined
    default:
      return isText(value) ? value : undefined
  }
}

function normaliseAddress(name: string, value: string): string {
  // Of Starknet, which fills up with zeros.
  if (/^0x[0-9a-f]{41,64}$/i.test(value)) return `0x${value.slice(2).toLowerCase().padStart(64, '0')}`
  return checksumAddress(value.toLowerCase()) ?? refuse(`Invalid addresses in ${name}`)
}
