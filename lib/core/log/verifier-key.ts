import { ed25519 } from '@noble/curves/ed25519'
import { sha256 } from '@noble/hashes/sha2'
import { bytesToHex, concatBytes, utf8ToBytes } from '@noble/hashes/utils'
import { refuse } from '../errors'
import { fromBase64, toBase64 } from './base64'

/** The signature types of C2SP signed notes that are read here. */
export const noteTypes = { ed25519: 1, cosignature: 4 } as const

/** Whoever signs notes: a log (`ed25519`), or a witness of logs (`cosignature`). */
export interface VerifierKey {
  /** A URL without scheme, without spaces and `+`. */
  readonly name: string
  readonly type: keyof typeof noteTypes
  /** Ed25519, 32 bytes. */
  readonly publicKey: Uint8Array
}

/** The first four bytes of `sha256(name | "\n" | type | key)`, by which a signature line names its key. */
export function noteKeyId({ name, type, publicKey }: VerifierKey): Uint8Array {
  return sha256(concatBytes(utf8ToBytes(`${name}\n`), typed(type, publicKey))).subarray(0, 4)
}

/** The key as verifiers of C2SP notes take it: `name+key id+base64(type | key)`. */
export function encodeVerifierKey(key: VerifierKey): string {
  return `${key.name}+${bytesToHex(noteKeyId(key))}+${toBase64(typed(key.type, key.publicKey))}`
}

/** The inverse of `encodeVerifierKey`. @throws AppError `invalid` for text that is no key of a known type */
export function parseVerifierKey(text: string): VerifierKey {
  const [, name = '', encoded = ''] = /^([^+\s]+)\+[0-9a-f]{8}\+(.+)$/.exec(text) ?? []
  const bytes = fromBase64(encoded)
  const type = (['ed25519', 'cosignature'] as const).find((known) => noteTypes[known] === bytes?.[0])
  if (bytes?.length !== 33 || !type) refuse('not a verifier key')
  const key = { name, type, publicKey: bytes.subarray(1) }
  if (encodeVerifierKey(key) !== text || !isStrong(key.publicKey)) refuse('not a verifier key')
  return key
}

/** Under a point of small order, one signature fits every text. */
function isStrong(publicKey: Uint8Array): boolean {
  try {
    return !ed25519.Point.fromBytes(publicKey).isSmallOrder()
  } catch {
    return false
  }
}

function typed(type: VerifierKey['type'], publicKey: Uint8Array): Uint8Array {
  return concatBytes(Uint8Array.of(noteTypes[type]), publicKey)
}
