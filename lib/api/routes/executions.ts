import { Hono } from 'hono'
import { z } from 'zod'
import type { Context } from '../../services/context'
import { getExecution } from '../../services/execution/get-execution'
import { storeExecution } from '../../services/execution/store-execution'
import type { ApiEnv } from '../api-env'
import { address, hash, parseInput } from '../parse-input'
import { limitCostly } from '../rate-limit'
import { readJson } from '../read-json'

const batch = z
  .strictObject({
    /** A number, or the decimal text that `plugins` carries. */
    chainId: z.union(
      [
        z.int().positive(),
        z
          .string()
          .regex(/^[1-9]\d{0,14}$/)
          .transform(Number),
      ],
      'must be a chain id',
    ),
    safe: address.optional(),
    module: address.optional(),
    calls: z.unknown(),
  })
  .transform(({ safe, module, ...posted }, context) => {
    if (safe !== undefined && module === undefined) return { ...posted, safe }
    if (module !== undefined && safe === undefined) return { ...posted, module }
    context.addIssue('either safe or module must name the account that the batch is for')
    return z.NEVER
  })

export function executionRoutes(ctx: Context) {
  return (
    new Hono<ApiEnv>()
      // A batch is kept for an hour whether it is used or not.
      .post('/api/executions', limitCostly(ctx), async (c) =>
        c.json(await storeExecution(ctx, parseInput(batch, await readJson(c.req.raw)))),
      )
      .get('/api/executions/:hash', async (c) =>
        c.json(await getExecution(ctx, parseInput(z.object({ hash }), c.req.param()).hash)),
      )
  )
}
