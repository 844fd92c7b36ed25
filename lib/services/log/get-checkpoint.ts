import { hexToBytes } from 'viem'
import { AppError } from '../../core/errors'
import { signCheckpoint } from '../../core/log/checkpoint'
import { findLogState } from '../../db/log/find-log-state'
import type { Context } from '../context'
import { logOrigin } from './log-origin'

/** The log's state now as a C2SP signed note. */
export async function getCheckpoint(ctx: Context): Promise<string> {
  const state = await findLogState(ctx.db)
  if (!state) throw new AppError('fault', { message: 'log_state has no row' })
  return signCheckpoint(
    { origin: logOrigin(ctx.env.publicUrl), size: Number(state.size), root: state.root },
    hexToBytes(ctx.keys.logKey),
  )
}
