import { keccak_256 } from '@noble/hashes/sha3'
import { bytesToHex } from '@noble/hashes/utils'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { keccak256 } from './keccak-256'

it('is the Keccak-256 of Ethereum', () => {
  expect(bytesToHex(keccak256(new Uint8Array()))).toBe(
    'c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470',
  )
  expect(bytesToHex(keccak256(new TextEncoder().encode('abc')))).toBe(
    '4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45',
  )
})

it('is noble’s own for every length up to three blocks, and for any bytes', () => {
  for (let length = 0; length <= 3 * 136 + 1; length += 1) {
    const data = new Uint8Array(length).fill(length)
    expect(keccak256(data)).toEqual(keccak_256(data))
  }
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 2000 }), (data) => {
      expect(keccak256(data)).toEqual(keccak_256(data))
    }),
    { numRuns: 1000 },
  )
})

it('answers bytes of their own', () => {
  const first = keccak256(Uint8Array.of(1))
  const kept = first.slice()
  keccak256(Uint8Array.of(2))
  expect(first).toEqual(kept)
})
