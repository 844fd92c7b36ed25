type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }
type Schema = { readonly [key: string]: unknown }

/** A line with one field changed. */
export interface Mutation {
  /** The field's place in the schema: `ballot.power[]`, `form.types.*[].name`. */
  readonly field: string
  readonly change: string
  readonly value: Json
}

/** Every field that a schema knows, by place. A field that may be anything is one. */
export function fieldsOf(schema: Schema, place = ''): string[] {
  const { properties, items, additionalProperties } = schema
  const branches = (schema.anyOf ?? schema.oneOf) as Schema[] | undefined
  if (branches) return [...new Set(branches.flatMap((branch) => fieldsOf(branch, place || kindOf(branch))))]
  if (properties) {
    return Object.entries(properties).flatMap(([key, inner]) => fieldsOf(inner as Schema, `${place}.${key}`))
  }
  if (items) return fieldsOf(items as Schema, `${place}[]`)
  if (typeof additionalProperties === 'object') return fieldsOf(additionalProperties as Schema, `${place}.*`)
  return schema.type === 'null' ? [] : [place]
}

/** Every change of one field of a line: other values of its type, the field left out, entries left out or doubled. */
export function* mutationsOf(line: Json, schema: Schema): Generator<Mutation> {
  const kind = String((line as { kind: string }).kind)
  const branches = (schema.anyOf ?? schema.oneOf) as Schema[]
  const own = branches.find((branch) => kindOf(branch) === kind) ?? {}
  yield* mutate(line, own, kind)
}

function* mutate(value: Json, schema: Schema, field: string): Generator<Mutation> {
  const branches = (schema.anyOf ?? schema.oneOf) as Schema[] | undefined
  const held = branches?.find((branch) => fits(value, branch)) ?? schema
  if (Array.isArray(value)) {
    yield { field, change: 'an entry more', value: [...value, value.at(-1) ?? '1'] }
    if (value.length > 0) yield { field, change: 'an entry less', value: value.slice(1) }
    for (const [at, item] of value.entries()) {
      for (const mutation of mutate(item, (held.items ?? {}) as Schema, `${field}[]`)) {
        yield { ...mutation, value: value.with(at, mutation.value) }
      }
    }
  } else if (typeof value === 'object' && value !== null) {
    const properties = held.properties as Record<string, Schema> | undefined
    if (!properties) yield { field, change: 'a key more', value: { ...(value as object), x: '1' } }
    const record = value as Readonly<Record<string, Json>>
    for (const [key, item] of Object.entries(record)) {
      const inner = properties?.[key] ?? ((held.additionalProperties || {}) as Schema)
      const place = properties?.[key] ? `${field}.${key}` : `${field}.*`
      const { [key]: _, ...rest } = record
      yield { field: place, change: 'left out', value: rest }
      for (const mutation of mutate(item, inner, place)) {
        yield { ...mutation, value: { ...record, [key]: mutation.value } }
      }
    }
  } else
    for (const other of othersOf(value, held))
      yield { field, change: JSON.stringify(other).slice(0, 80), value: other }
}

/** Other values that look the same: of the same length and alphabet where that is what the type is. */
function othersOf(value: boolean | number | string | null, schema: Schema): Json[] {
  const choices = (schema.enum ?? []) as Json[]
  if (choices.length > 0) return choices.filter((choice) => choice !== value)
  if (typeof value === 'number') return value > 0 ? [value + 1, value - 1, 0] : [1]
  if (typeof value === 'boolean') return [!value]
  if (value === null) return ['x']
  if (/^\d+$/.test(value))
    return [String(BigInt(value) + 1n), '0', `${value}0`].filter((other) => other !== value)
  const flipped = (at: number) => {
    const digit = value.at(at) ?? ''
    const other =
      digit === '1' || digit === 'A' ? (digit === 'A' ? 'B' : '2') : /[0-9a-f]/.test(digit) ? '1' : 'A'
    const index = at < 0 ? value.length + at : at
    return value.slice(0, index) + other + value.slice(index + 1)
  }
  if (value.length < 4) return [`${value}x`]
  return [flipped(-2), flipped(Math.floor(value.length / 2)), `${value}x`, '']
}

function fits(value: Json, schema: Schema): boolean {
  const { type, const: only } = schema
  if (only !== undefined) return value === only
  if (value === null) return type === 'null'
  if (Array.isArray(value)) return type === 'array'
  if (typeof value === 'object') {
    const kind = kindOf(schema)
    return type === 'object' && (kind === '' || kind === (value as { kind?: Json }).kind)
  }
  return type === typeof value || (type === 'integer' && typeof value === 'number')
}

function kindOf(schema: Schema): string {
  return String(((schema.properties as Record<string, Schema>)?.kind as Schema)?.const ?? '')
}
