import { beforeEach, expect, it } from 'vitest'
import type { AcceptedView } from '../../../lib/core/views/installation-view'
import {
  forgetDamaged,
  forgetReceipt,
  isReceiptKey,
  keepReceipt,
  keptReceipt,
  listReceipts,
  receiptView,
  type Shelf,
} from './receipt-store'

const receipt = (byte: string, acceptedAt: number): AcceptedView['receipt'] => ({
  messageId: `0x${byte.repeat(32)}`,
  proposal: `0x${'0b'.repeat(32)}`,
  voter: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8',
  signatureHash: `0x${'0d'.repeat(32)}`,
  logIndex: '7',
  acceptedAt,
  signature: `0x${byte.repeat(64)}1b`,
  operator: '0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC',
})
const [first, second] = [receipt('01', 100), receipt('02', 200)]

/** A browser's storage with room for so many entries. */
class Room {
  readonly #items = new Map<string, string>([['theme', 'dark']])
  constructor(readonly size = 100) {}
  get length() {
    return this.#items.size
  }
  key(at: number) {
    return [...this.#items.keys()][at] ?? null
  }
  getItem(key: string) {
    return this.#items.get(key) ?? null
  }
  setItem(key: string, value: string) {
    if (!this.#items.has(key) && this.#items.size >= this.size)
      throw new DOMException('', 'QuotaExceededError')
    this.#items.set(key, value)
  }
  removeItem(key: string) {
    this.#items.delete(key)
  }
}

let shelf: NonNullable<Shelf>
beforeEach(() => {
  shelf = new Room()
})
const keep = (one: AcceptedView['receipt']) => keepReceipt(shelf, 'vote.example/log', one)

it('keeps each receipt once, the newest first', () => {
  expect([keep(first), keep(second), keep(first)]).toEqual(['kept', 'kept', 'known'])
  const { receipts, damaged } = listReceipts(shelf)
  expect(receipts.map(receiptView)).toEqual([second, first])
  expect(receipts.map(({ origin }) => origin)).toEqual(['vote.example/log', 'vote.example/log'])
  expect(damaged).toEqual([])
  expect(receipts.map((kept) => keptReceipt(receiptView(kept), 'vote.example/log'))).toEqual(receipts)
})

it('keeps two different receipts for one message', () => {
  const other = { ...first, logIndex: '8', signature: second.signature }
  expect([keep(first), keep(other)]).toEqual(['kept', 'kept'])
  expect(listReceipts(shelf).receipts).toHaveLength(2)
})

it('forgets one', () => {
  keep(first)
  keep(second)
  const [newest] = listReceipts(shelf).receipts
  if (newest) forgetReceipt(shelf, newest)
  expect(listReceipts(shelf).receipts.map(receiptView)).toEqual([first])
})

it('says so when there is no room, or no storage at all', () => {
  shelf = new Room(2)
  expect([keep(first), keep(second)]).toEqual(['kept', 'full'])
  expect(keepReceipt(null, 'vote.example/log', first)).toBe('full')
  expect(listReceipts(null)).toEqual({ receipts: [], damaged: [] })
})

it('sets apart what it cannot read, loses nothing else, and puts a receipt in its place', () => {
  keep(first)
  keep(second)
  const key = Array.from({ length: shelf.length }, (_, at) => shelf.key(at)).find((name) =>
    name?.includes('0101'),
  )
  if (!key) throw new Error('nothing kept')
  shelf.setItem(key, '{"format":')
  expect(listReceipts(shelf).receipts.map(receiptView)).toEqual([second])
  expect(listReceipts(shelf).damaged).toEqual([{ key, text: '{"format":' }])
  expect(keep(first)).toBe('kept')
  shelf.setItem(key, 'x')
  forgetDamaged(shelf, key)
  forgetDamaged(shelf, 'theme')
  expect(listReceipts(shelf).damaged).toEqual([])
  expect(shelf.getItem('theme')).toBe('dark')
})

it('knows which changes of the storage are its own', () => {
  keep(first)
  expect([shelf.key(1), null, 'theme'].map(isReceiptKey)).toEqual([true, true, false])
})
