import { sha256 } from '@noble/hashes/sha2'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils'
import type { HexString } from '../views/hex-string'
import { cidOf } from './envelope'

/**
 * What is kept of a message that another hub tells of and does not show as it was signed: whose key signed, with what,
 * under which id, and the hub's own row. Nobody can check it: the text of some signed fields is not known.
 */
export interface ImportedMessage {
  readonly address: HexString
  readonly sig: HexString
  /** The message's id, as the hub says. */
  readonly hash: HexString
  readonly row: Readonly<Record<string, unknown>>
}

/** Its text in the log, `{"address","sig","hash","row"}`, with sha256 and CID, as `canonicalEnvelope` makes them. */
export function importedEnvelope({ address, sig, hash, row }: ImportedMessage): {
  text: string
  sha256: HexString
  cid: string
} {
  const text = JSON.stringify({ address, sig, hash, row })
  const digest = sha256(utf8ToBytes(text))
  return { text, sha256: `0x${bytesToHex(digest)}`, cid: cidOf(digest) }
}

/** The inverse of `importedEnvelope`; undefined for any other text, a signed message's too. */
export function parseImportedEnvelope(text: string): ImportedMessage | undefined {
  try {
    const { address, sig, hash, row } = JSON.parse(text) as ImportedMessage
    const isOne =
      /^0x[0-9a-fA-F]{40}$/.test(address) &&
      /^0x([0-9a-f]{2})*$/.test(sig) &&
      /^0x[0-9a-f]{64}$/.test(hash) &&
      typeof row === 'object' &&
      row !== null &&
      JSON.stringify({ address, sig, hash, row }) === text
    return isOne ? { address, sig, hash, row } : undefined
  } catch {
    return undefined
  }
}

/** The fields of a message as a stored envelope has them: what was signed, or what the hub said that it was. */
export function statedFields(envelope: string): Readonly<Record<string, unknown>> {
  const { data, row } = JSON.parse(envelope) as {
    readonly data?: { readonly message: Readonly<Record<string, unknown>> }
    readonly row?: Readonly<Record<string, unknown>>
  }
  return data?.message ?? row ?? {}
}
