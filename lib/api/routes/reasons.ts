import { Hono } from 'hono'
import { z } from 'zod'
import { isText } from '../../core/messages/normalise-value'
import type { Context } from '../../services/context'
import { storeReason } from '../../services/reason/store-reason'
import type { ApiEnv } from '../api-env'
import { parseInput } from '../parse-input'
import { limitCostly } from '../rate-limit'
import { readJson } from '../read-json'

const reason = z.strictObject({
  text: z
    .string()
    .min(1, 'is empty')
    .max(2_000, 'must be at most 2000 characters')
    .refine(isText, 'has a character that is no text: NUL, or half of a surrogate pair'),
})

export function reasonRoutes(ctx: Context) {
  return (
    new Hono<ApiEnv>()
      // A text is kept for ever.
      .post('/api/v1/reasons', limitCostly(ctx), async (c) =>
        c.json(await storeReason(ctx, parseInput(reason, await readJson(c.req.raw)).text)),
      )
  )
}
