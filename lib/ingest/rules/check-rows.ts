import { refuse } from '../../core/errors'
import type { ResolvedMessage } from '../../core/messages/resolve-message'
import { signedTime } from '../../core/messages/signed-time'
import { findObstacle } from '../../db/log/find-obstacle'
import type { Effect } from '../../db/log/new-message'
import { unixSeconds } from '../../platform/clock'
import type { IngestContext, Verdict } from '../rule'

/** Takes a message unless what others have left stands in its way. That is looked at again under the log's lock. */
export async function checkRows(
  ctx: Pick<IngestContext, 'db' | 'clock'>,
  message: ResolvedMessage,
  effect: Effect,
  basis: Verdict['basis'] = {},
): Promise<Verdict> {
  const now = unixSeconds(ctx.clock)
  const signedAt = signedTime(message)
  const obstacle = await findObstacle(
    ctx.db,
    {
      author: message.from,
      space: message.space ?? '',
      effect,
      ...(signedAt === undefined ? { timestamp: now, isUndated: true } : { timestamp: signedAt }),
    },
    now,
  )
  if (obstacle !== undefined) refuse(obstacle)
  return { basis, effect, jobs: [] }
}
