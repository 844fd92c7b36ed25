import { checkpointText, signCheckpoint } from '../../core/log/checkpoint'
import { createMemory } from '../../platform/remember'
import type { Context } from '../context'
import { openLogKey } from '../operator/open-log-key'
import type { LogState } from './get-log-state'

const remember = createMemory<string>(100)

/**
 * A state of the log, of whatever size, as a C2SP note that the log alone signed: the same bytes whenever it is asked for,
 * and signed once.
 */
export async function signState(ctx: Context, state: LogState): Promise<string> {
  const { origin, privateKey, verifierKey } = await openLogKey(ctx)
  const checkpoint = { origin, ...state }
  return remember(ctx.db, `${verifierKey} ${checkpointText(checkpoint)}`, async () =>
    signCheckpoint(checkpoint, privateKey),
  )
}
