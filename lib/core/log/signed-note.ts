import { ed25519 } from '@noble/curves/ed25519'
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils'
import { refuse } from '../errors'
import { fromBase64, toBase64 } from './base64'
import { isEqual } from './tree'
import { noteKeyId, type VerifierKey } from './verifier-key'

/** One signature line of a note; by whom, only the key tells. */
export interface NoteSignature {
  readonly name: string
  /** Four bytes. */
  readonly keyId: Uint8Array
  readonly bytes: Uint8Array
}

/** A C2SP signed note: text that ends in a newline, and signatures of any types by any keys. */
export interface SignedNote {
  readonly text: string
  readonly signatures: readonly NoteSignature[]
}

const MAX_SIGNATURES = 100

/** The note as it is sent: its text, an empty line, and a line for each signature. */
export function formatNote({ text, signatures }: SignedNote): string {
  return `${text}\n${signatures.map(formatSignatureLine).join('')}`
}

/** `— name base64(key id | signature)` and a newline. */
export function formatSignatureLine({ name, keyId, bytes }: NoteSignature): string {
  return `— ${name} ${toBase64(concatBytes(keyId, bytes))}\n`
}

/**
 * Reads a note without believing it.
 *
 * @throws AppError `invalid` if the text is no note: control characters, no text, no signature or over 100, a line
 * behind the last empty one that is no signature
 */
export function parseNote(note: string): SignedNote {
  const end = note.lastIndexOf('\n\n')
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
  if (end < 1 || /[\0-\x09\x0b-\x1f\p{Surrogate}]/u.test(note)) refuse('malformed note')
  return { text: note.slice(0, end + 1), signatures: parseSignatureLines(note.slice(end + 2)) }
}

/** Signature lines alone, as a witness answers. @throws AppError `invalid` if there is none, over 100, or another line */
export function parseSignatureLines(lines: string): NoteSignature[] {
  const signatures = lines
    .split('\n')
    .slice(0, -1)
    .map((line) => {
      const [, name = '', encoded = ''] = /^— ([^\s+]+) (\S+)$/u.exec(line) ?? []
      const bytes = fromBase64(encoded)
      if (!bytes || bytes.length < 5) refuse('malformed note')
      return { name, keyId: bytes.subarray(0, 4), bytes: bytes.subarray(4) }
    })
  if (!lines.endsWith('\n') || signatures.length > MAX_SIGNATURES) refuse('malformed note')
  return signatures
}

/** Signs a note's text with a key of type `ed25519`. */
export function signNote(text: string, name: string, privateKey: Uint8Array): NoteSignature {
  const publicKey = ed25519.getPublicKey(privateKey)
  return {
    name,
    keyId: noteKeyId({ name, type: 'ed25519', publicKey }),
    bytes: ed25519.sign(utf8ToBytes(text), privateKey),
  }
}

/**
 * Whether a key of type `ed25519` signed the note. A line under its name and id that does not verify spoils the note,
 * as C2SP asks, whatever others are in it.
 */
export function isSignedBy({ text, signatures }: SignedNote, key: VerifierKey): boolean {
  const own = signaturesOf(signatures, key)
  return own.length > 0 && own.every(({ bytes }) => verifyEd25519(bytes, text, key.publicKey))
}

/** The signatures in the name of a key; their bytes are not verified. */
export function signaturesOf(signatures: readonly NoteSignature[], key: VerifierKey): NoteSignature[] {
  const id = noteKeyId(key)
  return signatures.filter(({ name, keyId }) => name === key.name && isEqual(keyId, id))
}

/** Whether an Ed25519 signature (64 bytes) over a text is a key's. */
export function verifyEd25519(signature: Uint8Array, text: string, publicKey: Uint8Array): boolean {
  try {
    return ed25519.verify(signature, utf8ToBytes(text), publicKey)
  } catch {
    return false
  }
}
