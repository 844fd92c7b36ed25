import { refuse } from '../errors'
import { TILE_WIDTH } from './tile-path'
import { rootOfLeaves } from './tree'

/** The hashes in a tile's bytes, 32 each. */
export function readTileHashes(tile: Uint8Array): Uint8Array[] {
  return Array.from({ length: Math.floor(tile.length / 32) }, (_, at) =>
    tile.subarray(32 * at, 32 * (at + 1)),
  )
}

/**
 * What a full tile adds to the level above: the root over its 256 hashes.
 *
 * @throws AppError `invalid` for a partial tile, which adds nothing yet
 */
export function hashTile(tile: Uint8Array): Uint8Array {
  if (tile.length !== 32 * TILE_WIDTH) refuse('a tile that is not full has no place in the level above')
  return rootOfLeaves(readTileHashes(tile))
}
