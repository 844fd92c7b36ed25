import type { HexString } from '../views/hex-string'

/** Order of the secp256k1 group. */
const N = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n

/**
 * The one form of a key's signature: 65 bytes, lower-case hex, low s, v 27 or 28. Takes v 0/1, high s and the 64-byte
 * form of EIP-2098; anything that is not such a signature comes back unchanged but for the case of its hex.
 *
 * Only for signatures that `ecrecover` accepts: a Safe may use the same 65 bytes with another meaning of v, so what a
 * contract wallet checks must be kept as it was sent.
 */
export function normaliseSignature(sig: HexString): HexString {
  const text = sig.toLowerCase() as HexString
  if (text.length === 2 + 128) {
    const vs = BigInt(`0x${text.slice(66)}`)
    return join(text, vs & ((1n << 255n) - 1n), Number(vs >> 255n))
  }
  if (text.length !== 2 + 130) return text
  const v = Number.parseInt(text.slice(130), 16)
  const yParity = v < 27 ? v : v - 27
  return yParity > 1 ? text : join(text, BigInt(`0x${text.slice(66, 130)}`), yParity)
}

/** `r` is the first word of `text`. Signatures (r, s) and (r, n - s) with the other parity are by the same key. */
function join(text: HexString, s: bigint, yParity: number): HexString {
  if (s === 0n || s >= N) return text
  const isHigh = s > N / 2n
  const lowS = (isHigh ? N - s : s).toString(16).padStart(64, '0')
  return `0x${text.slice(2, 66)}${lowS}${(27 + (isHigh ? 1 - yParity : yParity)).toString(16)}`
}
