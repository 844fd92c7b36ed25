import { secp256k1 } from '@noble/curves/secp256k1'
import { keccak_256 } from '@noble/hashes/sha3'
import { bytesToHex } from '@noble/hashes/utils'
import type { HexString } from '../views/hex-string'

/** Who signed a digest with 65 bytes (v 27 or 28); undefined if nobody did. In any case of letters. */
export type RecoverSigner = (
  digest: HexString,
  signature: HexString,
) => HexString | undefined | Promise<HexString | undefined>

/** `RecoverSigner` in plain JavaScript, for browsers: most of the time that an audit takes there. */
export const recoverSigner: RecoverSigner = (digest, signature) => {
  const parity = ['1b', '1c'].indexOf(signature.slice(130))
  if (signature.length !== 132 || parity < 0) return undefined
  try {
    const key = secp256k1.Signature.fromCompact(signature.slice(2, 130))
      .addRecoveryBit(parity)
      .recoverPublicKey(digest.slice(2))
      .toBytes(false)
    return `0x${bytesToHex(keccak_256(key.subarray(1)).subarray(12))}`
  } catch {
    return undefined
  }
}
