import { AppError, refuse } from '../../core/errors'
import { toBase64 } from '../../core/log/base64'
import { inclusionFromTiles } from '../../core/log/proofs-from-tiles'
import type { InclusionView } from '../../core/views/record-view'
import type { Context } from '../context'
import { getCheckpoint } from './get-checkpoint'
import { getLogState } from './get-log-state'
import { createTileReader } from './read-tile'

/**
 * That entry `index` is in the log of `size`, its present size unless told.
 *
 * @throws AppError `not_found` for an entry or a size that the log does not have yet, `invalid` for an entry behind `size`
 */
export async function getInclusion(ctx: Context, index: number, size?: number): Promise<InclusionView> {
  const state = await getLogState(ctx, size)
  if (index >= state.size) {
    if (size !== undefined) refuse(`index: must be below the size, ${size}`)
    const message = `The log has ${state.size} entries, numbered from 0: it has no entry ${index} yet.`
    throw new AppError('not_found', { message })
  }
  const [checkpoint, proof] = await Promise.all([
    getCheckpoint(ctx, state),
    inclusionFromTiles({ size: state.size, read: createTileReader(ctx.db) }, index),
  ])
  return { checkpoint, index, size: state.size, proof: proof.map(toBase64) }
}
