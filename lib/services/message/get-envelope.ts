import { AppError } from '../../core/errors'
import { findEnvelope } from '../../db/message/find-envelope'
import type { Context } from '../context'

/** The canonical text of an accepted message by its content id. Throws `not_found`. */
export async function getEnvelope(ctx: Context, cid: string): Promise<string> {
  const digest = digestOf(cid)
  const text = digest && (await findEnvelope(ctx.db, digest))
  if (text === undefined) {
    throw new AppError('not_found', { message: 'No message is stored under that content id.' })
  }
  return text
}

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567'

/** The sha-256 in a CIDv1 of raw bytes in base32; undefined for any other text. */
function digestOf(cid: string): Uint8Array | undefined {
  if (!/^bafkrei[a-z2-7]{52}$/.test(cid)) return undefined
  const bytes: number[] = []
  let bits = 0
  let pending = 0
  for (const letter of cid.slice(1)) {
    pending = (pending << 5) | alphabet.indexOf(letter)
    bits += 5
    if (bits < 8) continue
    bits -= 8
    bytes.push((pending >> bits) & 255)
    pending &= (1 << bits) - 1
  }
  // Version, codec, hash function and length come first; the pattern above fixes them.
  return Uint8Array.from(bytes.slice(4))
}
