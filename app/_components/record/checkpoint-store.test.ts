import { ed25519 } from '@noble/curves/ed25519'
import { expect, it } from 'vitest'
import { formatVerifierKey, signCheckpoint } from '../../../lib/core/log/checkpoint'
import { keepCheckpoint, listCheckpoints } from './checkpoint-store'
import type { Shelf } from './receipt-store'

const secret = new Uint8Array(32).fill(7)
const origin = 'vote.example/log'
const keys = [formatVerifierKey(origin, ed25519.getPublicKey(secret))]
const note = (size: number, byte = 1, by = secret) =>
  signCheckpoint({ origin, size, root: new Uint8Array(32).fill(byte) }, by)

function createShelf(): NonNullable<Shelf> {
  const items = new Map<string, string>()
  return {
    get length() {
      return items.size
    },
    key: (at) => [...items.keys()][at] ?? null,
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
  }
}

it('keeps the first checkpoint that it saw and the newest five', () => {
  const shelf = createShelf()
  for (let size = 1; size <= 9; size += 1) keepCheckpoint(shelf, { note: note(size) }, keys)
  expect(listCheckpoints(shelf)).toEqual([1, 5, 6, 7, 8, 9].map((size) => ({ note: note(size) })))
})

it('remembers when a state was last the newest', () => {
  const shelf = createShelf()
  for (const seenAt of [100, undefined, 300, 200])
    keepCheckpoint(shelf, { note: note(4), ...(seenAt && { seenAt }) }, keys)
  expect(listCheckpoints(shelf)).toEqual([{ note: note(4), seenAt: 300 }])
})

it('keeps two that contradict each other', () => {
  const shelf = createShelf()
  keepCheckpoint(shelf, { note: note(4, 1) }, keys)
  keepCheckpoint(shelf, { note: note(4, 2) }, keys)
  expect(listCheckpoints(shelf)).toHaveLength(2)
})

it('keeps nothing that the log did not sign', () => {
  const shelf = createShelf()
  keepCheckpoint(shelf, { note: note(4, 1, new Uint8Array(32).fill(8)) }, keys)
  keepCheckpoint(shelf, { note: 'x' }, [...keys, 'x'])
  keepCheckpoint(null, { note: note(4) }, keys)
  expect(listCheckpoints(shelf)).toEqual([])
})

it('begins anew when what was kept cannot be read', () => {
  const shelf = createShelf()
  for (const text of ['{', '3', '[{"note":1},null,{"note":"a","seenAt":"b"}]']) {
    shelf.setItem('comitia-checkpoints', text)
    expect(listCheckpoints(shelf)).toEqual([])
  }
  keepCheckpoint(shelf, { note: note(4) }, keys)
  expect(listCheckpoints(shelf)).toHaveLength(1)
})
