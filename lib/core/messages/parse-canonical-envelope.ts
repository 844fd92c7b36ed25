import { refuse } from '../errors'
import type { HexString } from '../views/hex-string'
import { canonicalEnvelope } from './envelope'
import { type KeptMessage, resolveKept } from './resolve-kept'

/** What a stored envelope says, and the two names its bytes have. Who signed it is another question. */
export interface CanonicalMessage extends KeptMessage {
  readonly sha256: HexString
  readonly cid: string
}

/**
 * The inverse of `canonicalEnvelope`. The id is computed from the message, not read.
 *
 * @throws AppError `invalid` for text that is no accepted message, or not written in its one form
 */
export function parseCanonicalEnvelope(text: string): CanonicalMessage {
  const { resolved, address, sig } = resolveKept(strip(text))
  const { domain, definition, message, id } = resolved
  const envelope = canonicalEnvelope({
    address,
    sig,
    hash: id,
    data: { domain, types: definition.types, message },
  })
  if (envelope.text !== text || sig !== sig.toLowerCase()) refuse('not the canonical form of an envelope')
  return { resolved, address, sig, sha256: envelope.sha256, cid: envelope.cid }
}

/** The envelope as it is posted, which has no `hash`. */
function strip(text: string): unknown {
  try {
    const { hash: _, ...envelope } = JSON.parse(text) as Record<string, unknown>
    return envelope
  } catch {
    return refuse('not an envelope')
  }
}
