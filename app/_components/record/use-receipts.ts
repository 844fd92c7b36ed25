'use client'
import { useSyncExternalStore } from 'react'
import type { KeptReceipt } from '../../../lib/core/log/receipt-file'
import type { AcceptedView } from '../../../lib/core/views/installation-view'
import { browserShelf } from './browser-shelf'
import {
  forgetDamaged,
  forgetReceipt,
  isReceiptKey,
  keepReceipt,
  listReceipts,
  type StoredReceipts,
} from './receipt-store'

/** The receipts that this browser keeps, in every tab the same; undefined before the page has looked. */
export function useReceipts(): StoredReceipts | undefined {
  return useSyncExternalStore(subscribe, read, () => undefined)
}

/** The same drawer, to be changed. */
export const receipts = {
  keep(origin: string, receipt: AcceptedView['receipt']): 'kept' | 'known' | 'full' {
    const outcome = keepReceipt(browserShelf(), origin, receipt)
    changed()
    return outcome
  },
  forget(kept: KeptReceipt): void {
    forgetReceipt(browserShelf(), kept)
    changed()
  },
  forgetDamaged(key: string): void {
    forgetDamaged(browserShelf(), key)
    changed()
  },
}

const listeners = new Set<() => void>()
let current: StoredReceipts | undefined

function read(): StoredReceipts {
  current ??= listReceipts(browserShelf())
  return current
}

function changed(): void {
  current = undefined
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  const onStorage = ({ key }: StorageEvent) => {
    if (isReceiptKey(key)) changed()
  }
  listeners.add(listener)
  window.addEventListener('storage', onStorage)
  return () => {
    listeners.delete(listener)
    window.removeEventListener('storage', onStorage)
  }
}
