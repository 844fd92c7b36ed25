import { utf8ToBytes } from '@noble/hashes/utils'
import { keccak256 } from '../keccak-256'
import type { HexString } from '../views/hex-string'

const ADDRESS = /^0x[0-9a-fA-F]{40}$/

/** Whether a value is an address in EIP-55. `checksumAddress(value) === value`, without writing what it should be. */
export function isExactAddress(value: unknown): value is HexString {
  if (typeof value !== 'string' || !ADDRESS.test(value)) return false
  const digits = value.slice(2)
  const hash = keccak256(utf8ToBytes(digits.toLowerCase()))
  return hash.subarray(0, 20).every((byte, at) => {
    return isRightCase(digits, 2 * at, byte >> 4) && isRightCase(digits, 2 * at + 1, byte & 15)
  })
}

/** A letter is upper case where the hash has its highest bit. Digits have no case. */
function isRightCase(digits: string, at: number, nibble: number): boolean {
  const code = digits.charCodeAt(at)
  return code < 65 || code < 97 === nibble >= 8
}
