import { Hono } from 'hono'
import type { Context } from '../../services/context'
import { getCheckpoint } from '../../services/log/get-checkpoint'
import type { ApiEnv } from '../api-env'

/** The log in the C2SP tlog-tiles layout. */
export function logRoutes(ctx: Context) {
  return new Hono<ApiEnv>().get('/log/checkpoint', async (c) => c.text(await getCheckpoint(ctx)))
}
