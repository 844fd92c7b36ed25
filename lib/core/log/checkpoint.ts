import { refuse } from '../errors'
import { fromBase64, toBase64 } from './base64'
import { formatNote, isSignedBy, parseNote, signNote } from './signed-note'
import { encodeVerifierKey } from './verifier-key'

/** A log's state at one size, as C2SP tlog-checkpoint writes it. */
export interface Checkpoint {
  /** The log's name: a URL without scheme, one line without spaces or `+`. */
  readonly origin: string
  /** Leaves in the tree. */
  readonly size: number
  /** Root hash, 32 bytes. */
  readonly root: Uint8Array
}

/** What is signed: `origin`, `size` and `root` in base64, a line each. */
export function checkpointText({ origin, size, root }: Checkpoint): string {
  return `${origin}\n${size}\n${toBase64(root)}\n`
}

/**
 * Reads a checkpoint's text. Lines behind the third, which C2SP allows to logs, are passed over.
 *
 * @throws AppError `invalid`
 */
export function parseCheckpointText(text: string): Checkpoint {
  const [origin = '', size = '', encoded = '', ...rest] = text.split('\n')
  const root = fromBase64(encoded)
  const isNumber = /^(0|[1-9][0-9]{0,15})$/.test(size) && Number.isSafeInteger(Number(size))
  const isEnded = rest.length > 0 && rest.indexOf('') === rest.length - 1
  if (!origin || !isNumber || root?.length !== 32 || !isEnded) refuse('malformed checkpoint')
  return { origin, size: Number(size), root }
}

/** The checkpoint as a C2SP signed note with one Ed25519 signature. */
export function signCheckpoint(checkpoint: Checkpoint, privateKey: Uint8Array): string {
  const text = checkpointText(checkpoint)
  return formatNote({ text, signatures: [signNote(text, checkpoint.origin, privateKey)] })
}

/**
 * The checkpoint in a note that the key of log `origin` signed; signatures by others (witnesses) are passed over.
 *
 * @throws AppError `invalid` if the note is malformed, of another log, or bears no good signature of that key
 */
export function openCheckpoint(note: string, origin: string, publicKey: Uint8Array): Checkpoint {
  const problem = `not a checkpoint signed by the log ${origin}`
  try {
    const parsed = parseNote(note)
    const checkpoint = parseCheckpointText(parsed.text)
    const isSigned = isSignedBy(parsed, { name: origin, type: 'ed25519', publicKey })
    if (isSigned && checkpoint.origin === origin) return checkpoint
  } catch {
    // Whatever is wrong with it, it is not that.
  }
  return refuse(problem)
}

/** A log's public key as C2SP note verifiers take it: `origin+key id+base64(type | key)`. */
export function formatVerifierKey(origin: string, publicKey: Uint8Array): string {
  return encodeVerifierKey({ name: origin, type: 'ed25519', publicKey })
}
