import type { HexString } from '../../core/views/hex-string'
import type { AcceptedView } from '../../core/views/installation-view'
import { makeReceipt } from '../message/make-receipt'
import { openReceiptKey } from '../operator/open-receipt-key'
import type { HubRequest } from './hub-request'

/** The receipt of a message, made anew; null for one that is not in the log. */
export async function findReceipt(hub: HubRequest, id: string): Promise<AcceptedView['receipt'] | null> {
  const [key, message, sig] = await Promise.all([
    openReceiptKey(hub.ctx),
    hub.message.load(id),
    findSignature(hub, id),
  ])
  if (!message || sig === null) return null
  return makeReceipt(key, { ...message, sig, acceptedAtMs: message.acceptedAt.getTime() })
}

/** The signature as in a message's canonical text; null for one that is not in the log. */
export async function findSignature(hub: HubRequest, id: string): Promise<HexString | null> {
  const envelope = await hub.envelope.load(id)
  return envelope === undefined ? null : (JSON.parse(envelope) as { readonly sig: HexString }).sig
}
