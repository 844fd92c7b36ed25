import { sha256 } from '@noble/hashes/sha2'
import { expect, it } from 'vitest'
import { growTiles, type TileNode } from './grow-tiles'
import { publishTiles } from './publish-tiles.suite'
import { readTileHashes } from './tile-hash'
import { tilesOf } from './tiles-of'
import { emptyFrontier, rootOf, rootOfLeaves } from './tree'

it('gains, leaf by leaf, exactly the nodes that the tiles of the whole log hold above the lowest level', async () => {
  const leaves = Array.from({ length: 66_000 }, (_, index) => sha256(Uint8Array.of(index & 255, index >> 8)))
  const gained: TileNode[] = []
  let frontier = emptyFrontier
  for (const leaf of leaves) {
    const grown = growTiles(frontier, leaf)
    frontier = grown.frontier
    gained.push(...grown.nodes)
    // Each is there as soon as its last leaf is, and never before.
    for (const { level, index } of grown.nodes) expect((index + 1) * 256 ** level).toBe(frontier.size)
  }
  expect(rootOf(frontier)).toEqual(rootOfLeaves(leaves))

  const published: TileNode[] = []
  const tree = publishTiles(leaves)
  for (const tile of tilesOf(leaves.length)) {
    if (tile.level === 0) continue
    const hashes = readTileHashes(await tree.read(tile))
    published.push(...hashes.map((hash, at) => ({ level: tile.level, index: tile.index * 256 + at, hash })))
  }
  expect(gained.sort((a, b) => a.level - b.level || a.index - b.index)).toEqual(published)
  expect(published.filter(({ level }) => level === 2)).toHaveLength(1)
})

it('finds places beyond 2^32 leaves', () => {
  const hashes = Array.from({ length: 40 }, (_, index) => new Uint8Array(32).fill(index))
  const { nodes } = growTiles({ size: 2 ** 40 - 1, hashes }, new Uint8Array(32))
  expect(nodes.map(({ level, index }) => [level, index])).toEqual([
    [1, 2 ** 32 - 1],
    [2, 2 ** 24 - 1],
    [3, 2 ** 16 - 1],
    [4, 2 ** 8 - 1],
    [5, 0],
  ])
})
