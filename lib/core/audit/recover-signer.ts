import { secp256k1 } from '@noble/curves/secp256k1'
import { bytesToHex, hexToBytes } from '@noble/hashes/utils'
import { keccak256 } from '../keccak-256'
import type { HexString } from '../views/hex-string'

/** Who signed a digest with 65 bytes (v 27 or 28); undefined if nobody did. In any case of letters. */
export type RecoverSigner = (
  digest: HexString,
  signature: HexString,
) => HexString | undefined | Promise<HexString | undefined>

/** Uncompressed public key (65 bytes) of who signed a digest with 64 bytes; undefined or an exception if nobody did. */
export type RecoverKey = (signature: Uint8Array, parity: 0 | 1, digest: Uint8Array) => Uint8Array | undefined

/** `RecoverSigner` by any library that recovers keys. */
export function recoverWith(recoverKey: RecoverKey): RecoverSigner {
  return (digest, signature) => {
    const v = signature.slice(130)
    if (v !== '1b' && v !== '1c') return undefined
    try {
      const bytes = hexToBytes(signature.slice(2, 130))
      const key = recoverKey(bytes, v === '1b' ? 0 : 1, hexToBytes(digest.slice(2)))
      return key && `0x${bytesToHex(keccak256(key.subarray(1)).subarray(12))}`
    } catch {
      // No hex, or no point of the curve.
      return undefined
    }
  }
}

/** `RecoverSigner` in plain JavaScript, which runs everywhere; slow. */
export const recoverSigner: RecoverSigner = recoverWith((signature, parity, digest) =>
  secp256k1.Signature.fromCompact(signature).addRecoveryBit(parity).recoverPublicKey(digest).toBytes(false),
)
