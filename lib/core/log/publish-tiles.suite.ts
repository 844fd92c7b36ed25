import { concatBytes } from '@noble/hashes/utils'
import type { TiledTree } from './proofs-from-tiles'
import { hashTile } from './tile-hash'
import { tilePath } from './tile-path'
import { tilesOf } from './tiles-of'

/** A log's tiles as files, each built from those below it, never from the tree. Answers only tiles that are published. */
export function publishTiles(leaves: readonly Uint8Array[]): TiledTree {
  const files = new Map<string, Uint8Array>()
  for (const tile of tilesOf(leaves.length)) {
    const first = tile.index * 256
    const places = Array.from({ length: tile.width }, (_, at) => first + at)
    const hashes = places.map((place) => {
      if (tile.level === 0) return leaves[place] as Uint8Array
      const below = { level: tile.level - 1, index: place, width: 256 }
      return hashTile(files.get(tilePath(below)) as Uint8Array)
    })
    files.set(tilePath(tile), concatBytes(...hashes))
  }
  return {
    size: leaves.length,
    read: async (tile) => {
      const file = files.get(tilePath(tile))
      if (!file) throw new Error(`no such tile: ${tilePath(tile)}`)
      return file
    },
  }
}
