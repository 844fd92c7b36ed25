import { toBase64 } from '../../core/log/base64'
import type { TiledTree } from '../../core/log/proofs-from-tiles'
import { hashTile, readTileHashes } from '../../core/log/tile-hash'
import { TILE_WIDTH, type Tile, tilePath } from '../../core/log/tile-path'
import { appendSubtree, emptyFrontier, isEqual, rootOf } from '../../core/log/tree'

/** A tile is not what the signed root commits to. */
export class WrongTile extends Error {
  /** Of the tile. */
  readonly path: string

  constructor(tile: Tile, why: string) {
    super(why)
    this.path = tilePath(tile)
  }
}

/** Fetches a tile's bytes, or a full one's where a partial one is asked for; undefined if it is not served. */
export type FetchTile = (tile: Tile & { readonly level: number }) => Promise<Uint8Array | undefined>

/** Tiles of the lowest level that are remembered; all those above are 1/256 of them. */
const REMEMBERED = 64

/**
 * A log's tree, of which nothing is believed. The tiles at its right edge give the root, which has to be the signed one;
 * every other tile has its hash in the one above, from where it is held against it. So each tile that `read` answers is
 * the one that the root commits to, and a lie is found in the tile that tells it. `read` answers a tile in its whole width
 * whatever width is asked for.
 *
 * @throws WrongTile, as does `read`
 */
export async function verifyTree(
  { size, root }: { readonly size: number; readonly root: Uint8Array },
  fetchTile: FetchTile,
): Promise<TiledTree> {
  const upper = new Map<string, Promise<Uint8Array>>()
  const lowest = new Map<string, Promise<Uint8Array>>()

  async function fetch(tile: Tile & { readonly level: number }): Promise<Uint8Array> {
    const bytes = await fetchTile(tile)
    if (!bytes) throw new WrongTile(tile, `The log does not serve ${tilePath(tile)}.`)
    if (bytes.length === 32 * TILE_WIDTH || bytes.length === 32 * tile.width) {
      return bytes.subarray(0, 32 * tile.width)
    }
    throw new WrongTile(
      tile,
      `${tilePath(tile)} has ${bytes.length} bytes, where ${tile.width} hashes have ${32 * tile.width}.`,
    )
  }

  const edges = [...rightEdge(size)]
  const bytes = await Promise.all(edges.map(fetch))
  let frontier = emptyFrontier
  for (const [at, edge] of edges.entries()) {
    upper.set(tilePath(edge), Promise.resolve(bytes[at] ?? new Uint8Array()))
    for (const hash of readTileHashes(bytes[at] ?? new Uint8Array())) {
      frontier = appendSubtree(frontier, TILE_WIDTH ** edge.level, hash)
    }
  }
  if (!isEqual(rootOf(frontier), root)) {
    throw new WrongTile(
      edges.at(-1) ?? { level: 0, index: 0, width: 1 },
      `The tiles of ${size} entries lead to the root ${toBase64(rootOf(frontier))}; the log signed ${toBase64(root)}.`,
    )
  }

  async function readFull(tile: Tile & { readonly level: number }): Promise<Uint8Array> {
    const { level, index } = tile
    const above = await read({ level: level + 1, index: Math.floor(index / TILE_WIDTH) })
    const at = 32 * (index % TILE_WIDTH)
    const bytes = await fetch(tile)
    if (isEqual(hashTile(bytes), above.subarray(at, at + 32))) return bytes
    throw new WrongTile(tile, `${tilePath(tile)} is not the tile that the signed root commits to.`)
  }

  function read({ level, index }: { readonly level: number; readonly index: number }): Promise<Uint8Array> {
    const width = Math.min(TILE_WIDTH, Math.floor(size / TILE_WIDTH ** level) - index * TILE_WIDTH)
    const tile = { level, index, width }
    const path = tilePath(tile)
    const known = upper.get(path) ?? lowest.get(path)
    if (known) return known
    const bytes = readFull(tile)
    const memory = level === 0 ? lowest : upper
    memory.set(path, bytes)
    if (lowest.size > REMEMBERED) lowest.delete(lowest.keys().next().value ?? '')
    return bytes
  }

  return { size, read }
}

/** The tiles that are not full, from the top: together they hold the root of every complete subtree of the tree. */
function* rightEdge(size: number): Generator<Tile & { readonly level: number }> {
  let level = 0
  while (TILE_WIDTH ** (level + 1) <= size) level += 1
  for (; level >= 0; level -= 1) {
    const count = Math.floor(size / TILE_WIDTH ** level)
    const width = count % TILE_WIDTH
    if (width > 0) yield { level, index: Math.floor(count / TILE_WIDTH), width }
  }
}
