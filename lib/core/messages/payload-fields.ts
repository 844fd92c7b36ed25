import { z } from 'zod'
import { refuse } from '../errors'
import type { HexString } from '../views/hex-string'
import { checksumAddress } from './checksum-address'
import { isText } from './normalise-value'

/** Text of at most `max` characters. Counted in code points, as Snapshot does: an emoji is one. */
export const text = (max: number, min = 0) =>
  z.string().refine(
    (value) => {
      const { length } = [...value]
      return length >= min && length <= max
    },
    { error: min > 0 ? `must have ${min} to ${max} characters` : `must have at most ${max} characters` },
  )

/**
 * Text that stands for something in a sentence: not of invisible characters alone, and nothing that turns the direction
 * of what follows, by which the sentence would say something else than was signed.
 */
export const name = (max: number, min = 1) =>
  text(max, min)
    .refine((value) => value === '' || seen(value) !== '', { error: 'must not be invisible' })
    .refine((value) => !/[\u202A-\u202E\u2066-\u2069]/.test(value), {
      error: 'must not change the direction of text',
    })

/** Names of which no two look the same for invisible characters. */
export const names = (max: number) =>
  z.array(name(max)).refine((items) => new Set(items.map(seen)).size === items.length, {
    error: 'must not repeat an entry',
  })

/** Without what nobody sees. Blank braille is a symbol to Unicode. */
function seen(value: string): string {
  return value.replace(/[\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}\u2800]/gu, '').trim()
}

/** A link that may be empty; at most 256 characters. */
export const link = text(256).refine((value) => /^(|(https?|ipfs|ipns|snapshot):\/\/.*)$/s.test(value), {
  error: 'must be empty or start with http://, https://, ipfs://, ipns:// or snapshot://',
})

/** A web address; Snapshot takes a URI of any scheme, `javascript:` too. */
export const uri = z.string().regex(/^https?:\/\/[^\s"<>\\^`{|}]+$/i, { error: 'must be a web address' })

/** An EVM address in lower case or EIP-55, or a zero-padded Starknet address; comes out in EIP-55, or lower case. */
export const account = z.string().transform((value, context): HexString => {
  if (/^0x[0-9a-f]{64}$/i.test(value)) return value.toLowerCase() as HexString
  const address = checksumAddress(value)
  if (!address) context.addIssue({ code: 'custom', message: 'must be an Ethereum address' })
  return address ?? '0x'
})

/** A chain id in decimal. Which chains are served is the installation's affair. */
export const network = z.string().regex(/^[1-9][0-9]{0,14}$/, { error: 'must be a chain id' })

/** A list without repeats. */
export const distinct = <Item extends z.ZodType>(item: Item, max: number, min = 0) =>
  z
    .array(item)
    .min(min)
    .max(max)
    .refine((items) => new Set(items.map((value) => JSON.stringify(value))).size === items.length, {
      error: 'must not repeat an entry',
    })

export const jsonObject = z.record(z.string(), z.unknown())

/** Parses JSON text; undefined if it is none, or holds text that cannot be stored (`isText`). */
export function parseJson(json: unknown): unknown {
  if (typeof json !== 'string') return undefined
  try {
    return JSON.parse(json, (key, value) => {
      if (!isText(key) || (typeof value === 'string' && !isText(value))) throw new SyntaxError('not storable')
      return value
    })
  } catch {
    return undefined
  }
}

/** Snapshot's lenient reading of `metadata` and `plugins`: anything but a JSON object is `{}`. */
export function parseJsonObject(json: unknown): Readonly<Record<string, unknown>> {
  const value = parseJson(json)
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : {}
}

/** `value` as the schema reads it; else refuses with `message`, and `details.issues` says which field and why. */
export function readPayload<Payload>(schema: z.ZodType<Payload>, value: unknown, message: string): Payload {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const issues = result.error.issues.map(({ path, message }) => ({ field: path.join('.'), problem: message }))
  refuse(message, { issues })
}
