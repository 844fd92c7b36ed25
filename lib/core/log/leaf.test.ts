import { bytesToHex, hexToBytes } from '@noble/hashes/utils'
import { expect, it } from 'vitest'
import { definitions, type MessageKind } from '../messages/definitions'
import { decodeLeaf, encodeLeaf, hashLeaf, type Leaf } from './leaf'
import vectors from './vectors/leaves.json'

it.each(vectors)(
  'is the 74 bytes and the hash that other tools compute: $kind',
  ({ bytes, hash, ...leaf }) => {
    const encoded = encodeLeaf(leaf as Leaf)
    expect(`0x${bytesToHex(encoded)}`).toBe(bytes)
    expect(`0x${bytesToHex(hashLeaf(encoded))}`).toBe(hash)
    expect(decodeLeaf(encoded)).toEqual(leaf)
  },
)

it('gives every kind a byte of its own', () => {
  const [vector] = vectors
  const kinds = [...new Set(definitions.map(({ kind }) => kind))]
  const encoded = kinds.map((kind) => encodeLeaf({ ...(vector as unknown as Leaf), kind }))
  expect(new Set(encoded.map((leaf) => leaf[1])).size).toBe(kinds.length)
  expect(encoded.map((leaf) => decodeLeaf(leaf).kind)).toEqual(kinds satisfies MessageKind[])
})

it('reads a leaf that lies inside a larger buffer', () => {
  const leaf = hexToBytes(vectors[0]?.bytes.slice(2) ?? '')
  const tile = new Uint8Array(200)
  tile.set(leaf, 5)
  expect(decodeLeaf(tile.subarray(5, 79))).toEqual(decodeLeaf(leaf))
})

it('refuses other versions, unknown kinds and other lengths', () => {
  const leaf = hexToBytes(vectors[0]?.bytes.slice(2) ?? '')
  const changed = (index: number, value: number) => leaf.map((byte, at) => (at === index ? value : byte))
  for (const wrong of [changed(0, 2), changed(1, 0), changed(1, 99), leaf.subarray(1), new Uint8Array()]) {
    expect(() => decodeLeaf(wrong)).toThrow('not a log entry')
  }
})

it('refuses a time that no date stands for', () => {
  const [vector] = vectors
  const at = (acceptedAtMs: number) => encodeLeaf({ ...(vector as unknown as Leaf), acceptedAtMs })
  expect(decodeLeaf(at(8.64e15)).acceptedAtMs).toBe(8.64e15)
  expect(() => decodeLeaf(at(8.64e15 + 2))).toThrow('after the end of time')
})
