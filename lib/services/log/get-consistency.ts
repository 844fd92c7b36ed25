import { refuse } from '../../core/errors'
import { toBase64 } from '../../core/log/base64'
import { consistencyFromTiles } from '../../core/log/proofs-from-tiles'
import type { ConsistencyView } from '../../core/views/record-view'
import type { Context } from '../context'
import { getLogState } from './get-log-state'
import { createTileReader } from './read-tile'

/**
 * That the log of size `to` begins with the log of size `from`.
 *
 * @throws AppError `not_found` for a size that the log does not have yet, `invalid` for a `from` above `to`
 */
export async function getConsistency(ctx: Context, from: number, to: number): Promise<ConsistencyView> {
  if (from > to) refuse(`from: must be at most ${to}, the size to compare with`)
  const { size } = await getLogState(ctx, to)
  const proof = await consistencyFromTiles({ size, read: createTileReader(ctx.db) }, from)
  return { from, to, proof: proof.map(toBase64) }
}
