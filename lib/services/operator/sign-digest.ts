import { createRequire } from 'node:module'
import { secp256k1 } from '@noble/curves/secp256k1'
import { hexToBytes } from 'viem/utils'
import type { HexString } from '../../core/views/hex-string'

/** Signs a digest of 32 bytes: 65 bytes, low s, v 27 or 28; the same digest always the same bytes (RFC 6979). */
export type SignDigest = (digest: HexString) => HexString

/** Signs a digest: r and s, and the parity that recovers the key. */
type Engine = (digest: Uint8Array, key: Uint8Array) => { rs: Uint8Array; parity: number }

/** A key's signer, compiled where the package has it for this platform, else in JavaScript. Same signatures. */
export function createDigestSigner(privateKey: HexString, engine: Engine = bestEngine()): SignDigest {
  const key = hexToBytes(privateKey)
  return (digest) => {
    const { rs, parity } = engine(hexToBytes(digest), key)
    return `0x${Buffer.from(rs).toString('hex')}${(27 + parity).toString(16)}`
  }
}

export const signInJavaScript: Engine = (digest, key) => {
  const signature = secp256k1.sign(digest, key, { lowS: true })
  return { rs: signature.toBytes('compact'), parity: signature.recovery }
}

/** libsecp256k1, about five times as fast; throws where it cannot load. */
export function loadNativeEngine(): Engine {
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

function bestEngine(): Engine {
  try {
    return loadNativeEngine()
  } catch {
    return signInJavaScript
  }
}
