import { getAddress, isAddress } from 'viem'
import { z } from 'zod'
import { refuse } from '../core/errors'
import type { HexString } from '../core/views/hex-string'

/** Input as its schema reads it; else refuses with a sentence that names the field. */
export function parseInput<Output>(schema: z.ZodType<Output>, input: unknown): Output {
  const parsed = schema.safeParse(input)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const field = issue?.path.join('.')
  return refuse(field ? `${field}: ${issue?.message}` : (issue?.message ?? 'the input is malformed'))
}

/** An address in lower case or with a right checksum; comes out in EIP-55. */
export const address = z
  .string()
  .refine((text) => isAddress(text), 'must be an address, 0x and 40 hex digits with a right checksum')
  .transform((text) => getAddress(text))

/** The part of a path that names a space, lower-cased. */
export const spacePath = z.object({ space: z.string().transform((id) => id.toLowerCase()) })

/** 32 bytes, lower-cased. */
export const hash = z
  .string()
  .regex(/^0x[0-9a-fA-F]{64}$/, 'must be 0x and 64 hex digits')
  .transform((text) => text.toLowerCase() as HexString)

export const hex = z
  .string()
  .regex(/^0x([0-9a-fA-F]{2})*$/, 'must be 0x and pairs of hex digits')
  .max(20_000, 'is too long')
  .transform((text) => text.toLowerCase() as HexString)

/** A number from 0 below 2^53, in decimal. */
export const wholeNumber = z
  .string('is missing')
  .regex(/^(0|[1-9]\d{0,15})$/, 'must be a whole number')
  .transform(Number)
  .refine(Number.isSafeInteger, 'is too large')

/** Page parameters of every list: 1 to 100 rows, 20 unless told. */
export const page = {
  first: z
    .string()
    .regex(/^\d+$/, 'must be a whole number from 1 to 100')
    .transform(Number)
    .refine((first) => first >= 1 && first <= 100, 'must be from 1 to 100')
    .default(20),
  after: z.string().max(500, 'is too long').optional(),
}

/** What somebody typed into a search field; nothing when empty. */
export const search = z
  .string()
  .max(100, 'must be at most 100 characters')
  .transform((text) => text.trim().replaceAll('\0', '') || undefined)
  .optional()
