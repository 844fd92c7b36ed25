import { formatReceiptFile, type KeptReceipt, parseReceiptFile } from '../../../lib/core/log/receipt-file'
import type { AcceptedView } from '../../../lib/core/views/installation-view'

/** Where a browser keeps things by name; `null` where it keeps none. */
export type Shelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'> | null

export interface StoredReceipts {
  /** The newest first. */
  readonly receipts: readonly KeptReceipt[]
  /** What is kept as a receipt and cannot be read as one. */
  readonly damaged: readonly { readonly key: string; readonly text: string }[]
}

// One entry a receipt: tabs that write at once lose nothing, and what is damaged is one receipt.
const PREFIX = 'comitia-receipt:'

/** Every receipt of every voter that this browser keeps. */
export function listReceipts(shelf: Shelf): StoredReceipts {
  const receipts: KeptReceipt[] = []
  const damaged: { key: string; text: string }[] = []
  for (const key of keysOf(shelf)) {
    const text = shelf?.getItem(key) ?? ''
    const kept = read(text)
    if (kept) receipts.push(kept)
    else damaged.push({ key, text })
  }
  receipts.sort(
    (a, b) => b.receipt.acceptedAt - a.receipt.acceptedAt || b.receipt.logIndex - a.receipt.logIndex,
  )
  return { receipts, damaged }
}

/**
 * Keeps a receipt of the log `origin`. `known`: it was there already. `full`: the browser has no room for it, or keeps
 * nothing at all. Another receipt for the same message is never replaced: it would be evidence.
 */
export function keepReceipt(
  shelf: Shelf,
  origin: string,
  receipt: AcceptedView['receipt'],
): 'kept' | 'known' | 'full' {
  const key = keyOf(receipt.messageId, receipt.signature)
  try {
    if (!shelf) return 'full'
    if (read(shelf.getItem(key) ?? '')) return 'known'
    shelf.setItem(key, formatReceiptFile(origin, [receipt]))
    return 'kept'
  } catch {
    return 'full'
  }
}

export function forgetReceipt(shelf: Shelf, { receipt, signature }: KeptReceipt): void {
  shelf?.removeItem(keyOf(receipt.messageId, signature))
}

/** Throws away what cannot be read. */
export function forgetDamaged(shelf: Shelf, key: string): void {
  if (key.startsWith(PREFIX)) shelf?.removeItem(key)
}

/** A kept receipt as a server gives it and files hold it. */
export function receiptView({ receipt, signature, operator }: KeptReceipt): AcceptedView['receipt'] {
  return { ...receipt, logIndex: String(receipt.logIndex), signature, operator }
}

/** The inverse of `receiptView`, for a receipt of the log `origin`. */
export function keptReceipt(
  { signature, operator, ...receipt }: AcceptedView['receipt'],
  origin: string,
): KeptReceipt {
  return { receipt: { ...receipt, logIndex: Number(receipt.logIndex) }, signature, operator, origin }
}

/** Whether a change of the shelf's entry `key` (null: of all) is about receipts. */
export function isReceiptKey(key: string | null): boolean {
  return key === null || key.startsWith(PREFIX)
}

function keyOf(messageId: string, signature: string): string {
  return `${PREFIX}${messageId.toLowerCase()}:${signature.slice(2, 18).toLowerCase()}`
}

function keysOf(shelf: Shelf): string[] {
  return Array.from({ length: shelf?.length ?? 0 }, (_, at) => shelf?.key(at) ?? '').filter((key) =>
    key.startsWith(PREFIX),
  )
}

function read(text: string): KeptReceipt | undefined {
  try {
    return parseReceiptFile(text)[0]
  } catch {
    return undefined
  }
}
