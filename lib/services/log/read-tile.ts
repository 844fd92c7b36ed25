import { AppError } from '../../core/errors'
import type { ReadTile } from '../../core/log/proofs-from-tiles'
import { tilePath } from '../../core/log/tile-path'
import type { Database } from '../../db/client'
import { findTile } from '../../db/log/find-tile'
import { createMemory } from '../../platform/remember'

/** 4 MB at most: the right edge, and what is read again and again above it. */
const remember = createMemory<Uint8Array>(512)

/**
 * Reads a log's tiles from its database. All readers of one database share what they remember.
 *
 * @throws AppError `not_found` for a tile that reaches beyond the log
 */
export function createTileReader(db: Database): ReadTile {
  return (tile) =>
    remember(db, tilePath(tile), async () => {
      const bytes = await findTile(db, tile)
      if (bytes) return bytes
      throw new AppError('not_found', { message: `The log has no ${tilePath(tile)} yet.` })
    })
}
