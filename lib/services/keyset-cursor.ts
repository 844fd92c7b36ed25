import { z } from 'zod'
import { refuse } from '../core/errors'

/** A place in a list as an opaque text for URLs. */
export function encodeCursor(place: object): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url')
}

/** Reads a cursor of ours; refuses anything else with a sentence. */
export function decodeCursor<Place>(schema: z.ZodType<Place>, cursor: string): Place {
  try {
    return schema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')))
  } catch {
    return refuse('after: this is not a cursor from an earlier page of the same list')
  }
}

/** A uint256 in a cursor. */
export const cursorInteger = z.string().regex(/^\d{1,78}$/)

/** A message's place in the log, a bigint column. */
export const cursorLogIndex = z.string().regex(/^\d{1,18}$/)
