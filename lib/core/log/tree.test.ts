import { bytesToHex, hexToBytes } from '@noble/hashes/utils'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { hashLeaf } from './leaf'
import {
  appendLeaf,
  consistencyProof,
  emptyFrontier,
  inclusionProof,
  rootOf,
  rootOfLeaves,
  verifyConsistency,
  verifyInclusion,
} from './tree'

/** Leaves and roots by size from the test suite of Certificate Transparency. */
const leaves = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
].map((hex) => hashLeaf(hexToBytes(hex)))
const roots = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
]

const hash = fc.uint8Array({ minLength: 32, maxLength: 32 })
/** No hash of `trees`. */
const foreign = hash.map((bytes) => Uint8Array.of(1, ...bytes.subarray(1)))
const trees = fc.array(
  hash.map((bytes) => Uint8Array.of(0, ...bytes.subarray(1))),
  { minLength: 1, maxLength: 70 },
)
const grow = (some: readonly Uint8Array[]) => some.reduce(appendLeaf, emptyFrontier)

it.each(roots.map((root, size) => ({ root, size })))(
  'has the known root of $size leaves',
  ({ root, size }) => {
    expect(bytesToHex(rootOfLeaves(leaves.slice(0, size)))).toBe(root)
    expect(bytesToHex(rootOf(grow(leaves.slice(0, size))))).toBe(root)
  },
)

it('gives the proofs of RFC 6962, section 2.1.3', () => {
  const seven = leaves.slice(0, 7)
  const node = (from: number, to: number) => bytesToHex(rootOfLeaves(seven.slice(from, to)))
  const proof = (hashes: Uint8Array[]) => hashes.map(bytesToHex)
  expect(proof(inclusionProof(seven, 0))).toEqual([node(1, 2), node(2, 4), node(4, 7)])
  expect(proof(inclusionProof(seven, 3))).toEqual([node(2, 3), node(0, 2), node(4, 7)])
  expect(proof(inclusionProof(seven, 4))).toEqual([node(5, 6), node(6, 7), node(0, 4)])
  expect(proof(inclusionProof(seven, 6))).toEqual([node(4, 6), node(0, 4)])
  expect(proof(consistencyProof(seven, 3))).toEqual([node(2, 3), node(3, 4), node(0, 2), node(4, 7)])
  expect(proof(consistencyProof(seven, 4))).toEqual([node(4, 7)])
  expect(proof(consistencyProof(seven, 6))).toEqual([node(4, 6), node(6, 7), node(0, 4)])
})

it('grows leaf by leaf to the same root, with one hash kept per set bit of the size', () => {
  fc.assert(
    fc.property(trees, (all) => {
      const frontier = grow(all)
      expect(rootOf(frontier)).toEqual(rootOfLeaves(all))
      expect(frontier.size).toBe(all.length)
      expect(frontier.hashes).toHaveLength(all.length.toString(2).replaceAll('0', '').length)
    }),
  )
})

it('grows beyond 2^32 leaves', () => {
  const size = 2 ** 33 - 1
  const hashes = Array.from({ length: 33 }, (_, index) => new Uint8Array(32).fill(index))
  expect(appendLeaf({ size, hashes }, new Uint8Array(32))).toMatchObject({
    size: 2 ** 33,
    hashes: { length: 1 },
  })
})

it('proves every leaf, and nothing else', () => {
  const claims = trees.chain((all) =>
    fc.record({ all: fc.constant(all), index: fc.nat(all.length - 1), other: foreign, at: fc.nat() }),
  )
  fc.assert(
    fc.property(claims, ({ all, index, other, at }) => {
      const leaf = all[index] as Uint8Array
      const claim = {
        leaf,
        index,
        size: all.length,
        proof: inclusionProof(all, index),
        root: rootOfLeaves(all),
      }
      expect(verifyInclusion(claim)).toBe(true)
      expect(claim.proof.length).toBeLessThanOrEqual(Math.ceil(Math.log2(all.length)))
      const lies = [
        { leaf: other },
        { root: other },
        { index: all.length },
        { index: -1 },
        { index: index + 0.5 },
      ]
      for (const lie of lies) expect(verifyInclusion({ ...claim, ...lie })).toBe(false)
      const { proof } = claim
      expect(verifyInclusion({ ...claim, proof: [...proof, other] })).toBe(false)
      if (proof.length > 0) {
        expect(verifyInclusion({ ...claim, proof: proof.slice(1) })).toBe(false)
        expect(verifyInclusion({ ...claim, proof: proof.with(at % proof.length, other) })).toBe(false)
      }
    }),
  )
})

it('proves that a tree begins with an older one, and nothing else', () => {
  const claims = trees.chain((all) =>
    fc.record({ all: fc.constant(all), oldSize: fc.nat(all.length), other: foreign, at: fc.nat() }),
  )
  fc.assert(
    fc.property(claims, ({ all, oldSize, other, at }) => {
      const claim = {
        oldSize,
        newSize: all.length,
        oldRoot: rootOfLeaves(all.slice(0, oldSize)),
        newRoot: rootOfLeaves(all),
        proof: consistencyProof(all, oldSize),
      }
      expect(verifyConsistency(claim)).toBe(true)
      const { proof } = claim
      expect(verifyConsistency({ ...claim, oldRoot: other })).toBe(false)
      // Every tree begins with the empty one.
      expect(verifyConsistency({ ...claim, newRoot: other })).toBe(oldSize === 0)
      expect(verifyConsistency({ ...claim, proof: [...proof, other] })).toBe(false)
      expect(verifyConsistency({ ...claim, oldSize: all.length + 1 })).toBe(false)
      if (proof.length > 0) {
        expect(verifyConsistency({ ...claim, proof: proof.slice(1) })).toBe(false)
        expect(verifyConsistency({ ...claim, proof: proof.with(at % proof.length, other) })).toBe(false)
      }
    }),
  )
})
