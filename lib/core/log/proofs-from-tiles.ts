import { refuse } from '../errors'
import { readTileHashes } from './tile-hash'
import { TILE_WIDTH, type Tile } from './tile-path'
import { emptyFrontier, hashNode, rootOf, rootOfLeaves, splitOf } from './tree'

/** Fetches the bytes of a tile of hashes. A full tile may be answered where a partial one is asked for. */
export type ReadTile = (tile: Tile & { readonly level: number }) => Promise<Uint8Array>

/** A log at one size, as its tiles show it. What they show is true only if it leads to a signed root. */
export interface TiledTree {
  readonly size: number
  readonly read: ReadTile
}

/**
 * The root of `count` leaves from leaf `start`, where `start` is a multiple of the least power of two that is not below
 * `count`: any node of the tree. Reads one tile if `count` is a power of two.
 */
export async function subtreeRoot(tree: TiledTree, start: number, count: number): Promise<Uint8Array> {
  if (count === 0) return rootOf(emptyFrontier)
  const split = count === 1 ? 1 : splitOf(count)
  if (count > 1 && split * 2 !== count) {
    const [left, right] = await Promise.all([
      subtreeRoot(tree, start, split),
      subtreeRoot(tree, start + split, count - split),
    ])
    return hashNode(left, right)
  }
  let [level, each] = [0, 1]
  while (each * TILE_WIDTH <= count) {
    level += 1
    each *= TILE_WIDTH
  }
  const index = Math.floor(start / each / TILE_WIDTH)
  const width = Math.min(TILE_WIDTH, Math.floor(tree.size / each) - index * TILE_WIDTH)
  const first = start / each - index * TILE_WIDTH
  const hashes = readTileHashes(await tree.read({ level, index, width })).slice(first, first + count / each)
  if (hashes.length !== count / each) refuse(`tile ${level}/${index} of the log is too short`)
  return rootOfLeaves(hashes)
}

/** The root of the whole tree. */
export function rootFromTiles(tree: TiledTree): Promise<Uint8Array> {
  return subtreeRoot(tree, 0, tree.size)
}

/** `inclusionProof` of leaf `index`, from tiles. Needs 0 ≤ `index` < size. */
export function inclusionFromTiles(tree: TiledTree, index: number): Promise<Uint8Array[]> {
  const siblings: Promise<Uint8Array>[] = []
  let [start, count] = [0, tree.size]
  while (count > 1) {
    const split = splitOf(count)
    if (index < start + split) {
      siblings.unshift(subtreeRoot(tree, start + split, count - split))
      count = split
    } else {
      siblings.unshift(subtreeRoot(tree, start, split))
      start += split
      count -= split
    }
  }
  return Promise.all(siblings)
}

/** `consistencyProof` that the tree begins with its first `oldSize` leaves, from tiles. Needs `oldSize` ≤ size. */
export function consistencyFromTiles(tree: TiledTree, oldSize: number): Promise<Uint8Array[]> {
  if (oldSize === 0) return Promise.resolve([])
  const nodes: Promise<Uint8Array>[] = []
  let [start, count] = [0, tree.size]
  while (oldSize - start < count) {
    const split = splitOf(count)
    if (oldSize - start <= split) {
      nodes.unshift(subtreeRoot(tree, start + split, count - split))
      count = split
    } else {
      nodes.unshift(subtreeRoot(tree, start, split))
      start += split
      count -= split
    }
  }
  // Of an old tree that is a node itself, the root is known to whoever asks.
  return Promise.all(start === 0 ? nodes : [subtreeRoot(tree, start, count), ...nodes])
}
