import { sha256 } from '@noble/hashes/sha2'
import { bytesToHex, concatBytes, hexToBytes } from '@noble/hashes/utils'
import { refuse } from '../errors'
import type { MessageKind } from '../messages/definitions'
import type { HexString } from '../views/hex-string'

/** One accepted message as the log commits to it. */
export interface Leaf {
  readonly kind: MessageKind
  /** The message's id: its EIP-712 digest. */
  readonly id: HexString
  /** sha256 of the canonical envelope, under which the envelope itself is served. */
  readonly envelopeSha256: HexString
  /** Milliseconds since 1970. */
  readonly acceptedAtMs: number
}

const VERSION = 1
/** The last moment that JavaScript has a date for. */
const LATEST = 8.64e15
/** Bytes of an encoded leaf. */
const LEAF_LENGTH = 74

/** A kind's byte in the log. A number once given keeps its meaning for ever. */
const kindBytes: Readonly<Record<MessageKind, number>> = {
  settings: 1,
  'delete-space': 2,
  proposal: 3,
  'update-proposal': 4,
  'delete-proposal': 5,
  'flag-proposal': 6,
  vote: 7,
  'vote-array': 8,
  'vote-string': 9,
  follow: 10,
  unfollow: 11,
  subscribe: 12,
  unsubscribe: 13,
  alias: 14,
  'revoke-alias': 15,
  profile: 16,
  statement: 17,
}

/**
 * The log's entry for a message: `version u8 = 1 | kind u8 | id 32 | envelopeSha256 32 | acceptedAtMs u64`, numbers
 * big-endian. Golden values: `vectors/leaves.json`.
 */
export function encodeLeaf({ kind, id, envelopeSha256, acceptedAtMs }: Leaf): Uint8Array {
  const leaf = new Uint8Array(LEAF_LENGTH)
  leaf.set([VERSION, kindBytes[kind]])
  leaf.set(hexToBytes(id.slice(2)), 2)
  leaf.set(hexToBytes(envelopeSha256.slice(2)), 34)
  new DataView(leaf.buffer).setBigUint64(66, BigInt(acceptedAtMs))
  return leaf
}

/** The inverse of `encodeLeaf`. @throws AppError `invalid` if the bytes are no leaf that this version knows */
export function decodeLeaf(leaf: Uint8Array): Leaf {
  const kind = (Object.keys(kindBytes) as MessageKind[]).find((name) => kindBytes[name] === leaf[1])
  if (leaf.length !== LEAF_LENGTH || leaf[0] !== VERSION || !kind)
    refuse('not a log entry of a known version and kind')
  const acceptedAtMs = Number(new DataView(leaf.buffer, leaf.byteOffset).getBigUint64(66))
  if (acceptedAtMs > LATEST) refuse('a log entry from after the end of time')
  return {
    kind,
    id: `0x${bytesToHex(leaf.subarray(2, 34))}`,
    envelopeSha256: `0x${bytesToHex(leaf.subarray(34, 66))}`,
    acceptedAtMs,
  }
}

/** The leaf's hash in the tree, per RFC 6962: `sha256(0x00 | leaf)`. */
export function hashLeaf(leaf: Uint8Array): Uint8Array {
  return sha256(concatBytes(Uint8Array.of(0), leaf))
}
