import { ed25519 } from '@noble/curves/ed25519'
import { bytesToHex, concatBytes, utf8ToBytes } from '@noble/hashes/utils'
import { type NoteSignature, type SignedNote, signaturesOf, verifyEd25519 } from './signed-note'
import { noteKeyId, type VerifierKey } from './verifier-key'

/** That a witness has seen a log at a checkpoint, and no other log under its name, at a time. */
export interface Cosignature {
  readonly name: string
  /** Unix seconds. */
  readonly timestamp: number
}

/** A witness's signature of a checkpoint's text (C2SP tlog-cosignature, Ed25519). `timestamp` in unix seconds. */
export function cosign(
  text: string,
  { name, privateKey, timestamp }: { name: string; privateKey: Uint8Array; timestamp: number },
): NoteSignature {
  const time = new Uint8Array(8)
  new DataView(time.buffer).setBigUint64(0, BigInt(timestamp))
  const publicKey = ed25519.getPublicKey(privateKey)
  return {
    name,
    keyId: noteKeyId({ name, type: 'cosignature', publicKey }),
    bytes: concatBytes(time, ed25519.sign(utf8ToBytes(cosignedText(text, timestamp)), privateKey)),
  }
}

/**
 * The trusted witnesses who co-signed a checkpoint, each key once, whatever names it goes by: what is signed does not say
 * the name. Their number is how many parties a log would have to win over to show a fork. Lines that do not verify and
 * those of unknown keys do not count.
 */
export function findCosignatures(
  { text, signatures }: SignedNote,
  trusted: readonly VerifierKey[],
): Cosignature[] {
  const byKey = new Map<string, Cosignature>()
  for (const key of trusted.filter(({ type }) => type === 'cosignature')) {
    for (const { bytes } of signaturesOf(signatures, key)) {
      const timestamp = readTimestamp(bytes)
      if (timestamp === undefined) continue
      const isGood = verifyEd25519(bytes.subarray(8), cosignedText(text, timestamp), key.publicKey)
      if (isGood) byKey.set(bytesToHex(key.publicKey), { name: key.name, timestamp })
    }
  }
  return [...byKey.values()]
}

function readTimestamp(bytes: Uint8Array): number | undefined {
  if (bytes.length !== 72) return undefined
  const timestamp = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0))
  return Number.isSafeInteger(timestamp) ? timestamp : undefined
}

function cosignedText(text: string, timestamp: number): string {
  return `cosignature/v1\ntime ${timestamp}\n${text}`
}
