import { concatBytes } from '@noble/hashes/utils'
import { refuse } from '../errors'

/** Log entries as tlog-tiles serves them: each behind its length, u16 big-endian. Entries are at most 65,535 bytes. */
export function encodeEntryBundle(entries: readonly Uint8Array[]): Uint8Array {
  return concatBytes(
    ...entries.flatMap((entry) => [Uint8Array.of(entry.length >> 8, entry.length & 255), entry]),
  )
}

/** The inverse of `encodeEntryBundle`. @throws AppError `invalid` if the bytes end within an entry */
export function decodeEntryBundle(bundle: Uint8Array): Uint8Array[] {
  const entries: Uint8Array[] = []
  for (let at = 0; at < bundle.length; ) {
    const length = 256 * (bundle[at] ?? 0) + (bundle[at + 1] ?? 0)
    const end = at + 2 + length
    if (end > bundle.length) refuse('a bundle of entries that breaks off')
    entries.push(bundle.subarray(at + 2, end))
    at = end
  }
  return entries
}
