import { type KeptReceipt, parseReceiptFile } from '../../../lib/core/log/receipt-file'

/** What came of receipts from files. */
export interface Imported {
  readonly kept: number
  readonly known: number
  /** No room for them in this browser. */
  readonly full: number
  /** Logs that are not this server's, for which there were receipts. */
  readonly elsewhere: readonly string[]
  /** Files that hold no receipts. */
  readonly unreadable: number
}

/** Takes in the receipts of the log `origin` from the texts of files; `keep` stores one. */
export function importReceipts(
  texts: readonly string[],
  origin: string,
  keep: (receipt: KeptReceipt) => 'kept' | 'known' | 'full',
): Imported {
  const counts = { kept: 0, known: 0, full: 0 }
  const elsewhere = new Set<string>()
  let unreadable = 0
  for (const text of texts) {
    const found = read(text)
    if (!found) unreadable += 1
    for (const receipt of found ?? []) {
      if (receipt.origin !== null && receipt.origin !== origin) elsewhere.add(receipt.origin)
      else counts[keep(receipt)] += 1
    }
  }
  return { ...counts, elsewhere: [...elsewhere], unreadable }
}

/** That outcome in words. */
export function importWords({ kept, known, full, elsewhere, unreadable }: Imported): string {
  const parts = [
    kept > 0 && `${receipts(kept)} added.`,
    known > 0 && `${receipts(known)} ${known === 1 ? 'was' : 'were'} here already.`,
    full > 0 && `${receipts(full)} did not fit into this browser’s storage.`,
    elsewhere.length > 0 && `Receipts of another log were left out: ${elsewhere.join(', ')}.`,
    unreadable > 0 && `${unreadable === 1 ? '1 file holds' : `${unreadable} files hold`} no receipts.`,
  ]
  return parts.filter(Boolean).join(' ') || 'The file holds no receipts.'
}

function read(text: string): KeptReceipt[] | undefined {
  try {
    return parseReceiptFile(text)
  } catch {
    return undefined
  }
}

function receipts(count: number): string {
  return `${count.toLocaleString('en')} ${count === 1 ? 'receipt' : 'receipts'}`
}
