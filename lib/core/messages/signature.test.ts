import { secp256k1 } from '@noble/curves/secp256k1'
import { hexToBytes } from '@noble/hashes/utils'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { normaliseSignature } from './signature'

const N = secp256k1.CURVE.n
const word = (value: bigint) => value.toString(16).padStart(64, '0')
const byte = (value: number) => value.toString(16).padStart(2, '0')

it('brings every spelling of a key’s signature to one, by the same key', () => {
  const bytes32 = fc.uint8Array({ minLength: 32, maxLength: 32 })
  fc.assert(
    fc.property(
      bytes32,
      bytes32.filter((key) => secp256k1.utils.isValidPrivateKey(key)),
      (hash, key) => {
        const { r, s, recovery } = secp256k1.sign(hash, key)
        const parity = recovery ?? 0
        const canonical = `0x${word(r)}${word(s)}${byte(27 + parity)}`
        const spellings = [
          canonical,
          canonical.toUpperCase().replace('0X', '0x'),
          `0x${word(r)}${word(s)}${byte(parity)}`,
          `0x${word(r)}${word(N - s)}${byte(28 - parity)}`,
          `0x${word(r)}${word(N - s)}${byte(1 - parity)}`,
          `0x${word(r)}${word(s | (BigInt(parity) << 255n))}`,
        ] as const
        for (const spelling of spellings)
          expect(normaliseSignature(spelling as `0x${string}`)).toBe(canonical)
        const bytes = hexToBytes(canonical.slice(2, 130))
        const recovered = secp256k1.Signature.fromCompact(bytes).addRecoveryBit(parity).recoverPublicKey(hash)
        expect(recovered.toRawBytes()).toEqual(secp256k1.getPublicKey(key))
      },
    ),
    { numRuns: 50 },
  )
})

it.each([
  '0x',
  '0xAB',
  `0x${'ab'.repeat(96)}`,
  `0x${'11'.repeat(64)}1f`,
  `0x${'11'.repeat(32)}${'ff'.repeat(32)}1b`,
  `0x${'11'.repeat(32)}${'00'.repeat(32)}1b`,
])('leaves %s as it is, in lower case', (sig) => {
  expect(normaliseSignature(sig as `0x${string}`)).toBe(sig.toLowerCase())
})

it('is idempotent on any bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 60, maxLength: 70 }), (bytes) => {
      const once = normaliseSignature(`0x${Buffer.from(bytes).toString('hex')}`)
      expect(normaliseSignature(once)).toBe(once)
    }),
  )
})
