import { type VerifiedSignature, verifySignature } from '../../chain/verify-signature'
import { AppError, refuse } from '../../core/errors'
import { canonicalEnvelope } from '../../core/messages/envelope'
import type { Envelope } from '../../core/messages/parse-envelope'
import type { ResolvedMessage } from '../../core/messages/resolve-message'
import { normaliseSignature } from '../../core/messages/signature'
import { signedTime } from '../../core/messages/signed-time'
import type { HexString } from '../../core/views/hex-string'
import type { Alias } from '../../db/alias/find-aliases'
import type { NewMessage } from '../../db/log/new-message'
import { hasMessage } from '../../db/message/has-message'
import type { Case, IngestContext, Verdict } from '../rule'
import { rules } from '../rules'
import type { Charge } from './charge-signer'
import { checkSigner } from './check-signer'

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
  charge: Charge,
): Promise<CheckedMessage> {
  const { subject, alias } = await orDuplicate(ctx, message, findCase(ctx, address, message))
  const verified = await verify(ctx, {
    chainId: subject.chainId,
    address,
    hash: message.digest,
    signature: sig,
  })
  await charge.make()
  const { method } = verified
  // At the address of a contract on one chain there may be somebody else's on another.
  if (alias && method !== 'ecdsa')
    refuse('wrong alias', { reason: 'a contract wallet signs for nobody else' })
  // Only a key's signature has a canonical form: a contract may read the same bytes in another way.
  const kept = method === 'ecdsa' ? normaliseSignature(sig) : (sig.toLowerCase() as HexString)
  const signed = { method, signature: kept, byAlias: alias !== undefined }
  const verdict = await orDuplicate(ctx, message, subject.check(signed))

  const { id, kind, definition, domain } = message
  const data = { domain, types: definition.types, message: message.message }
  return {
    ...verdict,
    ...(alias && { basis: { ...verdict.basis, alias: { address: alias.alias, link: alias.id } } }),
    id,
    kind,
    space: message.space ?? '',
    author: message.from,
    timestamp: message.timestamp,
    ...(signedTime(message) === undefined && { isUndated: true }),
    envelope: canonicalEnvelope({ address, sig: kept, hash: id, data }),
    verification: describeVerification(verified, alias),
    sig: kept,
  }
}

/** The same of a message that a contract wallet has still to approve; `check` judges it as if it had. */
export async function checkUnsigned(
  ctx: IngestContext,
  { address }: Pick<Envelope, 'address'>,
  message: ResolvedMessage,
): Promise<{ readonly chainId: number; check(): Promise<Verdict> }> {
  const { subject, alias } = await findCase(ctx, address, message)
  return {
    chainId: subject.chainId,
    async check() {
      if (await hasMessage(ctx.db, message.id)) refuse('duplicate message')
      return subject.check({ method: 'eip1271', signature: '0x', byAlias: alias !== undefined })
    },
  }
}

async function findCase(
  ctx: IngestContext,
  signer: HexString,
  message: ResolvedMessage,
): Promise<{ readonly subject: Case; readonly alias: Alias | undefined }> {
  const alias = await checkSigner(ctx, signer, message)
  const subject = await rules[message.kind](ctx, message)
  // At the address of a contract on one chain there may be somebody else's on another.
  if (typeof alias?.chainId === 'number' && alias.chainId !== subject.chainId) {
    refuse('wrong alias', { reason: `linked by a contract on chain ${alias.chainId}` })
  }
  return { subject, alias }
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

function describeVerification({ method, block }: VerifiedSignature, alias: Alias | undefined): object {
  return {
    method,
    ...(block && { chainId: block.chainId, block: block.number.toString(), blockHash: block.hash }),
    ...(alias && { alias: { address: alias.alias, link: alias.id } }),
  }
}
