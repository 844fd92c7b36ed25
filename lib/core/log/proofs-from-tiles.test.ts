import { sha256 } from '@noble/hashes/sha2'
import { describe, expect, it } from 'vitest'
import {
  consistencyFromTiles,
  inclusionFromTiles,
  type ReadTile,
  rootFromTiles,
  subtreeRoot,
} from './proofs-from-tiles'
import { publishTiles } from './publish-tiles.suite'
import { subtreesBetween } from './subtrees-between'
import { hashTile } from './tile-hash'
import {
  appendSubtree,
  consistencyProof,
  emptyFrontier,
  inclusionProof,
  rootOf,
  rootOfLeaves,
  verifyConsistency,
  verifyInclusion,
} from './tree'

const leaves = Array.from({ length: 66_000 }, (_, index) =>
  sha256(Uint8Array.of(index & 255, (index >> 8) & 255, index >> 16)),
)

const roots = new Map<number, Uint8Array>()
/** Of the first leaves; worked out once, since the same sizes come again and again. */
function rootOfFirst(count: number): Uint8Array {
  const root = roots.get(count) ?? rootOfLeaves(leaves.slice(0, count))
  roots.set(count, root)
  return root
}

const sizes = [0, 1, 2, 3, 7, 255, 256, 257, 258, 511, 512, 513, 1000, 65_280, 65_535, 65_536, 65_537, 65_793]

describe.each(sizes)('a log of %i', (size) => {
  const tree = publishTiles(leaves.slice(0, size))
  const all = leaves.slice(0, size)
  const root = rootOfFirst(size)
  const near = [0, 1, 2, 127, 128, 255, 256, 257, 511, 512, 65_279, 65_280, 65_535, 65_536]
  const places = [...new Set([...near, size >> 1, size - 2, size - 1])]

  it('has the root of its leaves', async () => {
    expect(await rootFromTiles(tree)).toEqual(root)
  })

  it('proves inclusion as from its leaves', async () => {
    for (const index of places.filter((place) => place >= 0 && place < size)) {
      const proof = await inclusionFromTiles(tree, index)
      expect(verifyInclusion({ leaf: all[index] as Uint8Array, index, size, proof, root })).toBe(true)
      if (size < 2000 || index === size >> 1) expect(proof).toEqual(inclusionProof(all, index))
    }
  })

  it('proves consistency as from its leaves', async () => {
    for (const oldSize of [...places, size].filter((place) => place >= 0 && place <= size)) {
      const proof = await consistencyFromTiles(tree, oldSize)
      const oldRoot = rootOfFirst(oldSize)
      expect(verifyConsistency({ oldSize, newSize: size, oldRoot, newRoot: root, proof })).toBe(true)
      if (size < 2000) expect(proof).toEqual(consistencyProof(all, oldSize))
    }
  })

  it('is covered by complete subtrees between any two places', async () => {
    for (const cut of places.filter((place) => place >= 0 && place <= size)) {
      let frontier = emptyFrontier
      for (const [start, end] of [
        [0, cut],
        [cut, size],
      ] as const) {
        for (const { start: at, count } of subtreesBetween(start, end)) {
          expect(at).toBe(frontier.size)
          frontier = appendSubtree(frontier, count, await subtreeRoot(tree, at, count))
        }
      }
      expect(rootOf(frontier)).toEqual(root)
    }
  })
})

it('takes a full tile for a partial one, as caches may have it', async () => {
  const larger = publishTiles(leaves.slice(0, 512))
  const read: ReadTile = ({ level, index }) => larger.read({ level, index, width: level === 0 ? 256 : 2 })
  expect(await rootFromTiles({ size: 300, read })).toEqual(rootOfLeaves(leaves.slice(0, 300)))
})

it('refuses a tile that is too short, and does not lift a partial one', async () => {
  const read: ReadTile = async () => new Uint8Array(32)
  await expect(rootFromTiles({ size: 300, read })).rejects.toThrow('too short')
  expect(() => hashTile(new Uint8Array(32 * 255))).toThrow('not full')
})
