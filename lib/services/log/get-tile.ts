import { AppError } from '../../core/errors'
import { encodeEntryBundle } from '../../core/log/entry-bundle'
import { encodeLeaf } from '../../core/log/leaf'
import { parseTilePath, type Tile } from '../../core/log/tile-path'
import { listEntries } from '../../db/log/list-entries'
import type { Context } from '../context'
import { createTileReader } from './read-tile'

/**
 * The bytes served under a tile's path, hashes or entries; for ever the same.
 *
 * @throws AppError `not_found` if it is no tile's path, or reaches beyond the log
 */
export async function getTile(ctx: Context, path: string): Promise<Uint8Array> {
  const { level, index, width } = readPath(path)
  if (level !== 'entries') return createTileReader(ctx.db)({ level, index, width })
  const entries = await listEntries(ctx.db, { index, width })
  if (entries.length < width) throw notFound(`The log has no ${path} yet.`)
  return encodeEntryBundle(entries.map(encodeLeaf))
}

function readPath(path: string): Tile {
  try {
    return parseTilePath(path)
  } catch {
    throw notFound('No tile of a log has this path.')
  }
}

function notFound(message: string): AppError {
  return new AppError('not_found', { message })
}
