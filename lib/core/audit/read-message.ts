import { AppError } from '../errors'
import { encodeLeaf, hashLeaf } from '../log/leaf'
import { canonicalEnvelope } from '../messages/envelope'
import { parseEnvelope } from '../messages/parse-envelope'
import { type ResolvedMessage, resolveMessage } from '../messages/resolve-message'
import type { HexString } from '../views/hex-string'
import type { LineOf } from './bundle-line'
import type { Findings } from './findings'

/** A message of a bundle, by what it says. Who signed it is another question. */
export interface ReadMessage {
  readonly line: LineOf<'message'> | LineOf<'ballot'>
  readonly resolved: ResolvedMessage
  readonly sig: HexString
  /** Unix seconds, as receipts and voting windows count. */
  readonly acceptedAt: number
  /** Its leaf's hash in the log. */
  readonly leaf: Uint8Array
}

/**
 * Rebuilds a message from its line: the definition from our own list, id, envelope and leaf from what it says. Undefined,
 * with a finding, if it is none, or is not written in its one form.
 */
export function readMessage(
  line: ReadMessage['line'],
  form: LineOf<'form'> | undefined,
  findings: Findings,
): ReadMessage | undefined {
  const where = `line with log index ${line.index}`
  try {
    if (!form) {
      findings.fail('forms', `The ${where} names a form that does not come before it.`, where)
      return undefined
    }
    const { domain, types } = form
    const sig = line.sig as HexString
    const data = { domain, types, message: line.message }
    const resolved = resolveMessage(parseEnvelope({ address: line.message.from, sig, data }))
    const isOneForm =
      JSON.stringify(resolved.message) === JSON.stringify(line.message) &&
      JSON.stringify(resolved.domain) === JSON.stringify(domain) &&
      JSON.stringify(resolved.definition.types) === JSON.stringify(types)
    findings.expect(
      isOneForm,
      'forms',
      `The ${where} says more than was signed, or says it in other letters.`,
      resolved.id,
    )

    const signed = { domain: resolved.domain, types: resolved.definition.types, message: resolved.message }
    const envelope = canonicalEnvelope({ address: resolved.from, sig, hash: resolved.id, data: signed })
    const { kind, id } = resolved
    const leaf = { kind, id, envelopeSha256: envelope.sha256, acceptedAtMs: line.acceptedAtMs }
    return {
      line,
      resolved,
      sig,
      acceptedAt: Math.floor(line.acceptedAtMs / 1000),
      leaf: hashLeaf(encodeLeaf(leaf)),
    }
  } catch (error) {
    const why = error instanceof AppError ? error.message : 'unreadable'
    findings.fail('forms', `The ${where} is no message of this product: ${why}.`, where)
    return undefined
  }
}
