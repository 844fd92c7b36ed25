import type { Shelf } from './receipt-store'

/** This browser's storage; null where it is switched off. */
export function browserShelf(): Shelf {
  try {
    return window.localStorage
  } catch {
    return null
  }
}
