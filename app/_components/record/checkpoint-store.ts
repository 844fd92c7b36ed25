import { type Checkpoint, openCheckpoint } from '../../../lib/core/log/checkpoint'
import { parseVerifierKey } from '../../../lib/core/log/verifier-key'
import type { Shelf } from './receipt-store'

/** A state of the log that this browser saw. */
export interface KeptCheckpoint {
  /** A C2SP checkpoint that a key of the log signed. */
  readonly note: string
  /** When it was the log's newest, by the server's clock in unix seconds; absent if it may have been an older one. */
  readonly seenAt?: number
}

const KEY = 'comitia-checkpoints'
/** The first that was ever seen, and the newest others. */
const MOST = 6

/** What this browser has seen, in the order in which it did. */
export function listCheckpoints(shelf: Shelf): readonly KeptCheckpoint[] {
  try {
    const kept: unknown = JSON.parse(shelf?.getItem(KEY) ?? '[]')
    return Array.isArray(kept) ? kept.filter(isKept) : []
  } catch {
    return []
  }
}

/**
 * Keeps a checkpoint that one of `keys` signed; any other note is left alone. Two different ones of the same size are both
 * kept: that is what a reader must never be shown.
 */
export function keepCheckpoint(shelf: Shelf, seen: KeptCheckpoint, keys: readonly string[]): void {
  const checkpoint = keys.map((key) => open(seen.note, key)).find((found) => found !== undefined)
  if (!shelf || !checkpoint) return
  const kept = listCheckpoints(shelf)
  const others = kept.filter(({ note }) => textOf(note) !== textOf(seen.note))
  const same = kept.find(({ note }) => textOf(note) === textOf(seen.note))
  const seenAt = Math.max(same?.seenAt ?? 0, seen.seenAt ?? 0)
  const entry = { note: seen.note, ...(seenAt > 0 && { seenAt }) }
  // One that comes again stays where it is.
  const next = same ? kept.map((one) => (one === same ? entry : one)) : [...others, entry]
  try {
    shelf.setItem(KEY, JSON.stringify(next.length > MOST ? [next[0], ...next.slice(1 - MOST)] : next))
  } catch {
    // No room. What was seen earlier is still there.
  }
}

function isKept(value: unknown): value is KeptCheckpoint {
  if (typeof value !== 'object' || value === null) return false
  const { note, seenAt } = value as Partial<Record<keyof KeptCheckpoint, unknown>>
  return typeof note === 'string' && (seenAt === undefined || Number.isSafeInteger(seenAt))
}

/** What is signed, without who signed it. */
function textOf(note: string): string {
  return note.slice(0, note.indexOf('\n\n') + 1)
}

function open(note: string, key: string): Checkpoint | undefined {
  try {
    const { name, publicKey } = parseVerifierKey(key)
    return openCheckpoint(note, name, publicKey)
  } catch {
    return undefined
  }
}
