import { zeroHash } from 'viem'
import { hashSignature, type Receipt } from '../../core/log/receipt'
import type { HexString } from '../../core/views/hex-string'
import type { AcceptedView } from '../../core/views/installation-view'
import type { NewMessage } from '../../db/log/new-message'
import type { CheckedMessage } from './check-message'
import type { ReceiptSigner } from './sign-receipt'

/** Who promises that a message is in the log. */
export interface Operator {
  readonly address: HexString
  readonly sign: ReceiptSigner
}

/** Snapshot's reply with our receipt, for a message that is committed to the log. */
export function makeAnswer(
  operator: Operator,
  message: CheckedMessage,
  { logIndex, acceptedAtMs }: { readonly logIndex: number; readonly acceptedAtMs: number },
): AcceptedView {
  const receipt: Receipt = {
    messageId: message.id,
    proposal: proposalOf(message),
    voter: message.author,
    signatureHash: hashSignature(message.sig),
    logIndex,
    acceptedAt: Math.floor(acceptedAtMs / 1000),
  }
  const signature = operator.sign(receipt)
  return {
    id: message.id,
    ipfs: message.envelope.cid,
    relayer: { address: operator.address, receipt: signature },
    receipt: { ...receipt, logIndex: String(logIndex), signature, operator: operator.address },
    power: powerOf(message),
  }
}

function proposalOf({ id, effect }: NewMessage): HexString {
  if (effect.type === 'save-space') return zeroHash
  return effect.type === 'create-proposal' ? id : effect.proposal
}

function powerOf({ effect }: NewMessage): AcceptedView['power'] {
  if (effect.type !== 'cast-ballot') return null
  if (!effect.powerByStrategy) return { state: 'pending', total: null }
  return {
    state: effect.countable ? 'counted' : 'unrecorded',
    total: effect.powerByStrategy.reduce((sum, power) => sum + power, 0n).toString(),
  }
}
