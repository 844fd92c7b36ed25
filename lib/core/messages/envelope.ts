import { sha256 } from '@noble/hashes/sha2'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils'
import type { HexString } from '../views/hex-string'
import type { Field } from './definitions'
import type { Domain } from './hash-message'
import type { FieldValue } from './normalise-value'

/** What is stored, logged and served of one accepted message; enough to check its signature with nothing else. */
export interface SignedMessage {
  /** Who signed. EIP-55. */
  readonly address: HexString
  readonly sig: HexString
  /** The message's id. */
  readonly hash: HexString
  readonly data: {
    readonly domain: Domain
    readonly types: Readonly<Record<string, readonly Field[]>>
    readonly message: Readonly<Record<string, FieldValue>>
  }
}

/**
 * The canonical envelope: UTF-8 of `{"address","sig","hash","data":{"domain","types","message"}}` in that order, as
 * `JSON.stringify` writes it (no white space; only `"`, `\` and control characters escaped). Inside, what
 * `resolveMessage` returns: `domain` with the keys present of name, version, chainId, verifyingContract, salt; `types`
 * one struct of `{"name","type"}` fields; `message` the declared fields in declared order, integers as JSON numbers,
 * addresses in EIP-55, bytes32 in lower case. `address` in EIP-55; `hash` in lower case; `sig` as `normaliseSignature`
 * returns it for a key's signature, in lower case as sent for a contract wallet's.
 *
 * Returns that text, its sha256 (which the log commits to) and its CIDv1 (raw, sha2-256, base32), under which any IPFS
 * node would file the same bytes. Golden values: `vectors/envelopes.json`.
 */
export function canonicalEnvelope({ address, sig, hash, data }: SignedMessage): {
  text: string
  sha256: HexString
  cid: string
} {
  const { domain, types, message } = data
  const text = JSON.stringify({ address, sig, hash, data: { domain, types, message } })
  const digest = sha256(utf8ToBytes(text))
  return { text, sha256: `0x${bytesToHex(digest)}`, cid: cidOf(digest) }
}

/** Version 1, codec raw, multihash sha2-256 of 32 bytes. */
const CID_PREFIX = [0x01, 0x55, 0x12, 0x20]
const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567'

/** The CIDv1 (raw) of bytes whose sha-256 this is. */
export function cidOf(digest: Uint8Array): string {
  let text = 'b'
  let bits = 0
  let pending = 0
  for (const byte of [...CID_PREFIX, ...digest]) {
    pending = (pending << 8) | byte
    bits += 8
    while (bits >= 5) {
      bits -= 5
      text += BASE32[(pending >> bits) & 31]
    }
    pending &= (1 << bits) - 1
  }
  return bits > 0 ? text + BASE32[(pending << (5 - bits)) & 31] : text
}

/** The sha-256 in a CIDv1 (raw); undefined for any other text. */
export function digestOfCid(cid: string): Uint8Array | undefined {
  if (!/^bafkrei[a-z2-7]{52}$/.test(cid)) return undefined
  const bytes: number[] = []
  let bits = 0
  let pending = 0
  for (const letter of cid.slice(1)) {
    pending = (pending << 5) | BASE32.indexOf(letter)
    bits += 5
    if (bits < 8) continue
    bits -= 8
    bytes.push((pending >> bits) & 255)
    pending &= (1 << bits) - 1
  }
  return Uint8Array.from(bytes.slice(CID_PREFIX.length))
}
