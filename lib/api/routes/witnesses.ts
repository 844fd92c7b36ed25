import { Hono } from 'hono'
import type { Context } from '../../services/context'
import { getWitnessedCheckpoint } from '../../services/witness/get-witnessed-checkpoint'
import type { ApiEnv } from '../api-env'

/** What others say of the log. */
export function witnessRoutes(ctx: Context) {
  return new Hono<ApiEnv>().get('/log/checkpoint/witnessed', async (c) =>
    c.body(await getWitnessedCheckpoint(ctx), 200, {
      'content-type': 'text/plain; charset=utf-8',
      'cache-control': 'public, max-age=1, must-revalidate',
    }),
  )
}
