import { TILE_WIDTH, type Tile } from '../../core/log/tile-path'
import type { Database } from '../client'

/** The bytes of a tile of hashes, 32 for each; undefined if the log does not have all of them yet. */
export async function findTile(
  db: Database,
  { level, index, width }: Tile & { readonly level: number },
): Promise<Uint8Array | undefined> {
  const first = BigInt(index) * BigInt(TILE_WIDTH)
  const range = [first, first + BigInt(width) - 1n]
  const { rows } =
    level === 0
      ? await db.query<{ tile: Buffer | null }>(
          `select string_agg(leaf_hash, '' order by log_index) as tile from messages
           where log_index between $1 and $2`,
          range,
        )
      : await db.query<{ tile: Buffer | null }>(
          `select string_agg(hash, '' order by index) as tile from log_nodes
           where level = $3 and index between $1 and $2`,
          [...range, level],
        )
  const tile = rows[0]?.tile
  return tile?.length === 32 * width ? tile : undefined
}
