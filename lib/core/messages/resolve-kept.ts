import type { HexString } from '../views/hex-string'
import { parseEnvelope } from './parse-envelope'
import { type ResolvedMessage, resolveMessage } from './resolve-message'

/** A message as it is kept: what it says, and who is said to have signed it. */
export interface KeptMessage {
  readonly resolved: ResolvedMessage
  /** EIP-55. */
  readonly address: HexString
  readonly sig: HexString
}

/**
 * Reads an envelope that was kept instead of posted. Where its definition signs no time, none is kept, and `timestamp` is
 * 0: such a message is as old as its place in the log.
 *
 * @throws AppError `invalid` as `parseEnvelope` and `resolveMessage`
 */
export function resolveKept(body: unknown): KeptMessage {
  const envelope = parseEnvelope(withTime(body))
  return { resolved: resolveMessage(envelope), address: envelope.address, sig: envelope.sig }
}

/** A posted envelope has a time, signed or not. */
function withTime(body: unknown): unknown {
  const data: unknown = Object(body).data
  const message: unknown = Object(data).message
  if (typeof message !== 'object' || message === null || Object.hasOwn(message, 'timestamp')) return body
  return { ...Object(body), data: { ...Object(data), message: { ...message, timestamp: 0 } } }
}
