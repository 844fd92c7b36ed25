import { type VerifiedSignature, verifySignature } from '../../chain/verify-signature'
import { AppError, refuse } from '../../core/errors'
import { canonicalEnvelope } from '../../core/messages/envelope'
import type { Envelope } from '../../core/messages/parse-envelope'
import type { ResolvedMessage } from '../../core/messages/resolve-message'
import { normaliseSignature } from '../../core/messages/signature'
import type { HexString } from '../../core/views/hex-string'
import type { NewMessage } from '../../db/log/new-message'
import { hasMessage } from '../../db/message/has-message'
import type { IngestContext } from '../rule'
import { rules } from '../rules'

/** A message ready to be appended. */
export interface CheckedMessage extends NewMessage {
  /** The signature as the envelope holds it. */
  readonly sig: HexString
}

/**
 * Verifies who signed and applies the rule of the message's kind. Throws what those throw; `duplicate message`
 * comes before a rule's refusal, so that a repetition is told what it is even when its time is over.
 */
export async function checkMessage(
  ctx: IngestContext,
  { address, sig }: Envelope,
  message: ResolvedMessage,
): Promise<CheckedMessage> {
  const rule = rules[message.kind] ?? refuse('wrong types')
  const subject = await orDuplicate(ctx, message, rule(ctx, message))
  const verified = await verify(ctx, {
    chainId: subject.chainId,
    address,
    hash: message.digest,
    signature: sig,
  })
  const { method } = verified
  // Only a key's signature has a canonical form: a contract may read the same bytes in another way.
  const kept = method === 'ecdsa' ? normaliseSignature(sig) : (sig.toLowerCase() as HexString)
  const verdict = await orDuplicate(ctx, message, subject.check({ method, signature: kept }))

  const { id, kind, definition, domain } = message
  const data = { domain, types: definition.types, message: message.message }
  return {
    ...verdict,
    id,
    kind,
    space: message.space ?? '',
    author: message.from,
    timestamp: message.timestamp,
    envelope: canonicalEnvelope({ address, sig: kept, hash: id, data }),
    verification: describeVerification(verified),
    sig: kept,
  }
}

async function orDuplicate<T>(ctx: IngestContext, { id }: ResolvedMessage, work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (error instanceof AppError && error.code === 'invalid' && (await hasMessage(ctx.db, id))) {
      refuse('duplicate message')
    }
    throw error
  }
}

async function verify(
  { chains }: IngestContext,
  request: Parameters<typeof verifySignature>[1],
): Promise<VerifiedSignature> {
  try {
    return await verifySignature(chains, request)
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'chain_unavailable') throw error
    // Snapshot's words, on which its relayer tries again.
    throw new AppError('chain_unavailable', {
      message: 'signature validation failed',
      details: { reason: error.message },
      cause: error,
    })
  }
}

function describeVerification({ method, block }: VerifiedSignature): object {
  if (!block) return { method }
  return { method, chainId: block.chainId, block: block.number.toString(), blockHash: block.hash }
}
