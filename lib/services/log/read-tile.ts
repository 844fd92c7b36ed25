import { AppError } from '../../core/errors'
import type { ReadTile } from '../../core/log/proofs-from-tiles'
import { TILE_WIDTH, type Tile, tilePath } from '../../core/log/tile-path'
import type { Database } from '../../db/client'
import { findLogState } from '../../db/log/find-log-state'
import { findTile } from '../../db/log/find-tile'
import { createMemory } from '../../platform/remember'

/** 4 MB at most: the right edge, and what is read again and again above it. */
const remember = createMemory<Uint8Array>(512)

/**
 * Reads a log's tiles from its database. All readers of one database share what they remember.
 *
 * @throws AppError `not_found` for a tile that reaches beyond the log, `fault` for one within it that lacks a row
 */
export function createTileReader(db: Database): ReadTile {
  return (tile) =>
    remember(db, tilePath(tile), async () => {
      const bytes = await findTile(db, tile)
      if (bytes) return bytes
      if (!(await isWithin(db, tile))) {
        throw new AppError('not_found', { message: `The log has no ${tilePath(tile)} yet.` })
      }
      // It may have grown up to there just now.
      const late = await findTile(db, tile)
      if (late) return late
      throw new AppError('fault', { message: `The log has lost a part of ${tilePath(tile)}.` })
    })
}

/** Whether the log is long enough for all that the tile holds. */
async function isWithin(db: Database, { level, index, width }: Tile & { level: number }): Promise<boolean> {
  const { size = 0n } = (await findLogState(db)) ?? {}
  return (BigInt(index) * BigInt(TILE_WIDTH) + BigInt(width)) << BigInt(8 * level) <= size
}
