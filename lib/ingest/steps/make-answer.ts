import type { AcceptedView } from '../../core/views/installation-view'
import { type NewMessage, proposalOf } from '../../db/log/new-message'
import { makeReceipt } from '../../services/message/make-receipt'
import type { ReceiptKey } from '../../services/operator/open-receipt-key'
import type { CheckedMessage } from './check-message'

/** Snapshot's reply with our receipt, for a message that is committed to the log. */
export function makeAnswer(
  key: ReceiptKey,
  message: CheckedMessage,
  place: { readonly logIndex: number; readonly acceptedAtMs: number },
): AcceptedView {
  const receipt = makeReceipt(key, { ...message, ...place, proposal: proposalOf(message) })
  return {
    id: message.id,
    ipfs: message.envelope.cid,
    relayer: { address: key.address, receipt: receipt.signature },
    receipt,
    power: powerOf(message),
  }
}

function powerOf({ effect }: NewMessage): AcceptedView['power'] {
  if (effect.type !== 'cast-ballot') return null
  if (!effect.powerByStrategy) return { state: 'pending', total: null }
  return {
    state: effect.countable ? 'counted' : 'unrecorded',
    total: effect.powerByStrategy.reduce((sum, power) => sum + power, 0n).toString(),
  }
}
