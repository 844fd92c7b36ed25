import type { Leaf } from '../../core/log/leaf'
import { TILE_WIDTH, type Tile } from '../../core/log/tile-path'
import type { MessageKind } from '../../core/messages/definitions'
import type { HexString } from '../../core/views/hex-string'
import type { Database } from '../client'

/** The log's entries in a tile, in order; fewer than its width if it reaches beyond the log. */
export async function listEntries(
  db: Database,
  { index, width }: Pick<Tile, 'index' | 'width'>,
): Promise<Leaf[]> {
  const first = BigInt(index) * BigInt(TILE_WIDTH)
  const { rows } = await db.query<{
    kind: MessageKind
    id: HexString
    envelope_hash: Buffer
    accepted_at: Date
  }>(
    `select kind, id, envelope_hash, accepted_at from messages where log_index between $1 and $2 order by log_index`,
    [first, first + BigInt(width) - 1n],
  )
  return rows.map(({ kind, id, envelope_hash, accepted_at }) => ({
    kind,
    id,
    envelopeSha256: `0x${envelope_hash.toString('hex')}`,
    acceptedAtMs: accepted_at.getTime(),
  }))
}
