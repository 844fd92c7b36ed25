import { zeroHash } from 'viem'
import { hashReceipt, hashSignature, type Receipt } from '../../core/log/receipt'
import type { HexString } from '../../core/views/hex-string'
import type { AcceptedView } from '../../core/views/installation-view'
import type { ReceiptKey } from '../operator/open-receipt-key'

/** What a receipt says, as the log stores it. */
export interface LoggedMessage {
  readonly id: HexString
  /** The proposal it is about, its own id if it is one. */
  readonly proposal: HexString | null
  readonly author: HexString
  /** As in the canonical envelope. */
  readonly sig: HexString
  readonly logIndex: number
  readonly acceptedAtMs: number
}

/** The receipt of a message in the log: the same bytes for the same key, whenever it is made. */
export function makeReceipt(
  { address, sign }: ReceiptKey,
  { id, proposal, author, sig, logIndex, acceptedAtMs }: LoggedMessage,
): AcceptedView['receipt'] {
  const receipt: Receipt = {
    messageId: id,
    proposal: proposal ?? zeroHash,
    voter: author,
    signatureHash: hashSignature(sig),
    logIndex,
    acceptedAt: Math.floor(acceptedAtMs / 1000),
  }
  return {
    ...receipt,
    logIndex: String(logIndex),
    signature: sign(hashReceipt(receipt)),
    operator: address,
  }
}
