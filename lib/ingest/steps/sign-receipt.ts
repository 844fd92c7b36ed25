import { createRequire } from 'node:module'
import { secp256k1 } from '@noble/curves/secp256k1'
import { hexToBytes } from 'viem/utils'
import { hashReceipt, type Receipt } from '../../core/log/receipt'
import type { HexString } from '../../core/views/hex-string'

/** Signs receipts: 65 bytes, low s, v 27 or 28; the same receipt always the same bytes (RFC 6979). */
export type ReceiptSigner = (receipt: Receipt) => HexString

/** Signs a digest: r and s, and the parity that recovers the key. */
type SignDigest = (digest: Uint8Array, key: Uint8Array) => { rs: Uint8Array; parity: number }

/** The operator's signer, compiled where the package has it for this platform, else in JavaScript. Same signatures. */
export function createReceiptSigner(privateKey: HexString, engine: SignDigest = bestEngine()): ReceiptSigner {
  const key = hexToBytes(privateKey)
  return (receipt) => {
    const { rs, parity } = engine(hexToBytes(hashReceipt(receipt)), key)
    return `0x${Buffer.from(rs).toString('hex')}${(27 + parity).toString(16)}`
  }
}

export const signInJavaScript: SignDigest = (digest, key) => {
  const signature = secp256k1.sign(digest, key, { lowS: true })
  return { rs: signature.toBytes('compact'), parity: signature.recovery }
}

/** libsecp256k1, about five times as fast; throws where it cannot load. */
export function loadNativeEngine(): SignDigest {
  const require = createRequire(import.meta.url)
  // Not the package's main file, which would fall back to a slower library in silence.
  const binding: {
    ecdsaSign(digest: Uint8Array, key: Uint8Array): { signature: Uint8Array; recid: number }
  } = require('secp256k1/bindings.js')
  return (digest, key) => {
    const { signature, recid } = binding.ecdsaSign(digest, key)
    return { rs: signature, parity: recid }
  }
}

function bestEngine(): SignDigest {
  try {
    return loadNativeEngine()
  } catch {
    return signInJavaScript
  }
}
