import type { CanonicalMessage } from '../messages/parse-canonical-envelope'
import type { HexString } from '../views/hex-string'
import { hashSignature, type Receipt } from './receipt'

const NO_PROPOSAL = `0x${'00'.repeat(32)}` as const

/** The receipt that a message in a place of the log has to have. */
export function receiptOf(
  { resolved, sig }: Pick<CanonicalMessage, 'resolved' | 'sig'>,
  { logIndex, acceptedAtMs }: { readonly logIndex: number; readonly acceptedAtMs: number },
): Receipt {
  return {
    messageId: resolved.id,
    proposal: proposalAbout(resolved) ?? NO_PROPOSAL,
    voter: resolved.from,
    signatureHash: hashSignature(sig),
    logIndex,
    acceptedAt: Math.floor(acceptedAtMs / 1000),
  }
}

/** The proposal that a message is about, its own id if it is one; undefined for what is about none. */
export function proposalAbout({ id, kind, message }: CanonicalMessage['resolved']): HexString | undefined {
  if (kind === 'proposal') return id
  return typeof message.proposal === 'string' ? (message.proposal.toLowerCase() as HexString) : undefined
}
