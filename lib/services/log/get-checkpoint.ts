import { listCosignatures } from '../../db/checkpoint/list-cosignatures'
import type { Context } from '../context'
import { getLogState, type LogState } from './get-log-state'
import { signState } from './sign-state'

/** A state of the log, the present one unless told, as a C2SP signed note with the co-signatures that it has. */
export async function getCheckpoint(ctx: Context, given?: LogState): Promise<string> {
  const state = given ?? (await getLogState(ctx))
  const [note, cosignatures] = await Promise.all([
    signState(ctx, state),
    listCosignatures(ctx.db, state.size),
  ])
  return note + cosignatures.join('')
}
