import type { Receipt } from '../core/log/receipt'

const fields = {
  messageId: 'the id',
  proposal: 'the proposal',
  voter: 'the author',
  signatureHash: 'the signature',
  logIndex: 'the place in the log',
  acceptedAt: 'the time',
} satisfies Record<keyof Receipt, string>

/** In which of its fields a receipt differs from another, in words. */
export function receiptDifferences(receipt: Receipt, right: Receipt): string[] {
  return (Object.keys(fields) as (keyof Receipt)[])
    .filter((field) => String(receipt[field]).toLowerCase() !== String(right[field]).toLowerCase())
    .map((field) => fields[field])
}
