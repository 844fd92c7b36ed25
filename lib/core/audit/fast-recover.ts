import { type RecoverSigner, recoverSigner, recoverWith } from './recover-signer'

let engine: Promise<RecoverSigner> | undefined

/**
 * `recoverSigner` by libsecp256k1 in WebAssembly, about nine times as fast, for browsers and for node without native
 * addons. Where WebAssembly is not allowed (a content security policy without `'wasm-unsafe-eval'`), `recoverSigner` itself.
 */
export function createFastRecover(): Promise<RecoverSigner> {
  engine ??= loadWasm().catch(() => recoverSigner)
  return engine
}

async function loadWasm(): Promise<RecoverSigner> {
  // Not the package's main file: that is all of the library, and starts four more WebAssembly modules.
  const { instantiateSecp256k1 } = await import('@bitauth/libauth/build/lib/crypto/secp256k1.js')
  const { recoverPublicKeyUncompressed } = await instantiateSecp256k1()
  return recoverWith((signature, parity, digest) => {
    const key = recoverPublicKeyUncompressed(signature, parity, digest)
    return typeof key === 'string' ? undefined : key
  })
}
