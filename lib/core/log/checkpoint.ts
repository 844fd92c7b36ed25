import { ed25519 } from '@noble/curves/ed25519'
import { sha256 } from '@noble/hashes/sha2'
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils'
import { refuse } from '../errors'

/** A log's state at one size, as C2SP tlog-checkpoint writes it. */
export interface Checkpoint {
  /** The log's name: a URL without scheme, one line without spaces or `+`. */
  readonly origin: string
  /** Leaves in the tree. */
  readonly size: number
  /** Root hash, 32 bytes. */
  readonly root: Uint8Array
}

/** The checkpoint as a C2SP signed note: `origin`, `size`, `root` in base64, an empty line, one Ed25519 signature. */
export function signCheckpoint({ origin, size, root }: Checkpoint, privateKey: Uint8Array): string {
  const body = `${origin}\n${size}\n${toBase64(root)}\n`
  const signature = ed25519.sign(utf8ToBytes(body), privateKey)
  const id = keyId(origin, ed25519.getPublicKey(privateKey))
  return `${body}\n— ${origin} ${toBase64(concatBytes(id, signature))}\n`
}

/**
 * The checkpoint in a note that the key of log `origin` signed; signatures by others (witnesses) are passed over.
 *
 * @throws AppError `invalid` if the note is malformed, of another log, or bears no good signature of that key
 */
export function openCheckpoint(note: string, origin: string, publicKey: Uint8Array): Checkpoint {
  const [text = '', signatures = ''] = note.split(/\n\n(?=— )/)
  const body = `${text}\n`
  const [name, size = '', root = ''] = text.split('\n')
  const id = toBase64(keyId(origin, publicKey))
  const isSigned = signatures.split('\n').some((line) => {
    const [dash, signer, encoded] = line.split(' ')
    const bytes = fromBase64(encoded)
    if (dash !== '—' || signer !== origin || bytes?.length !== 68) return false
    return toBase64(bytes.subarray(0, 4)) === id && isSignature(bytes.subarray(4), body, publicKey)
  })
  const hash = fromBase64(root)
  if (!isSigned || name !== origin || !/^(0|[1-9][0-9]{0,15})$/.test(size) || hash?.length !== 32) {
    refuse(`not a checkpoint signed by the log ${origin}`)
  }
  return { origin, size: Number(size), root: hash }
}

/** A log's public key as C2SP note verifiers take it: `origin+key id+base64(type | key)`. */
export function formatVerifierKey(origin: string, publicKey: Uint8Array): string {
  const id = Array.from(keyId(origin, publicKey), (byte) => byte.toString(16).padStart(2, '0')).join('')
  return `${origin}+${id}+${toBase64(concatBytes(ED25519, publicKey))}`
}

/** The signature type byte that signed notes give Ed25519. */
const ED25519 = Uint8Array.of(1)

function keyId(name: string, publicKey: Uint8Array): Uint8Array {
  return sha256(concatBytes(utf8ToBytes(`${name}\n`), ED25519, publicKey)).subarray(0, 4)
}

function isSignature(signature: Uint8Array, body: string, publicKey: Uint8Array): boolean {
  try {
    return ed25519.verify(signature, utf8ToBytes(body), publicKey)
  } catch {
    return false
  }
}

function toBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
}

function fromBase64(text = ''): Uint8Array | undefined {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
  } catch {
    return undefined
  }
}
