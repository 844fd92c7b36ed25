import type { Findings } from '../../core/audit/findings'
import { AppError } from '../../core/errors'
import { decodeEntryBundle } from '../../core/log/entry-bundle'
import { decodeLeaf, hashLeaf, type Leaf } from '../../core/log/leaf'
import type { TiledTree } from '../../core/log/proofs-from-tiles'
import { readTileHashes } from '../../core/log/tile-hash'
import { TILE_WIDTH, tilePath } from '../../core/log/tile-path'
import { isEqual } from '../../core/log/tree'
import { inOrder } from './in-order'
import type { LogCheckId } from './log-report'
import type { LogServer } from './log-server'
import { WrongTile } from './verified-tree'

/** Tiles fetched at once. */
const AHEAD = 8

/** An entry in its place. */
export interface Entry {
  readonly index: number
  readonly leaf: Leaf
}

/**
 * The entries in tiles `first` to the last, in order, each held against the tree. What is wrong with a tile or an entry is
 * a finding; entries that cannot be believed are left out.
 */
export async function* readEntries(
  findings: Findings<LogCheckId>,
  server: LogServer,
  tree: TiledTree,
  tiles: Iterable<number>,
): AsyncGenerator<Entry> {
  const read = async (index: number) => {
    const width = Math.min(TILE_WIDTH, tree.size - index * TILE_WIDTH)
    const tile = { level: 'entries', index, width } as const
    const [hashes, bundle] = await Promise.all([readHashes(index, width), server.fetchTile(tile)])
    return { tile, hashes, entries: split(tile, bundle) }
  }

  const readHashes = async (index: number, width: number): Promise<Uint8Array[]> => {
    try {
      return readTileHashes(await tree.read({ level: 0, index, width }))
    } catch (error) {
      if (!(error instanceof WrongTile)) throw error
      findings.fail('tiles', error.message, error.path)
      return []
    }
  }

  const split = (
    tile: { level: 'entries'; index: number; width: number },
    bundle: Uint8Array | undefined,
  ) => {
    const path = tilePath(tile)
    if (!bundle) {
      findings.fail('entries', `The log does not serve ${path}.`, path)
      return []
    }
    try {
      const entries = decodeEntryBundle(bundle)
      const isWhole = entries.length === tile.width || entries.length === TILE_WIDTH
      const detail = `${path} has ${entries.length} entries, where there are ${tile.width}.`
      findings.expect(isWhole, 'entries', detail, path)
      return entries.slice(0, tile.width)
    } catch {
      findings.fail('entries', `${path} breaks off within an entry.`, path)
      return []
    }
  }

  const place = (index: number, entry: Uint8Array, hashes: readonly Uint8Array[]): Entry | undefined => {
    const hash = hashLeaf(entry)
    const own = hashes[index % TILE_WIDTH]
    // A tile that is wrong has been told of.
    if (!own) return undefined
    if (!isEqual(hash, own)) {
      const other = hashes.findIndex((item) => isEqual(item, hash))
      const what =
        other < 0 ? 'is not the one that was logged' : `is that of ${index - (index % TILE_WIDTH) + other}`
      findings.fail('entries', `Entry ${index} ${what}.`, `entry ${index}`)
      return undefined
    }
    try {
      return { index, leaf: decodeLeaf(entry) }
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      findings.fail('entries', `Entry ${index} cannot be read: ${error.message}.`, `entry ${index}`)
      return undefined
    }
  }

  for await (const { tile, hashes, entries } of inOrder(tiles, AHEAD, read)) {
    for (const [at, bytes] of entries.entries()) {
      const entry = place(tile.index * TILE_WIDTH + at, bytes, hashes)
      if (entry) yield entry
    }
  }
}
