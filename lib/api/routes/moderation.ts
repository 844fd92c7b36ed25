import { createHash, timingSafeEqual } from 'node:crypto'
import { Hono } from 'hono'
import { z } from 'zod'
import { AppError } from '../../core/errors'
import type { Context } from '../../services/context'
import { moderate } from '../../services/moderation/moderate'
import type { ApiEnv } from '../api-env'
import { parseInput } from '../parse-input'
import { readJson } from '../read-json'

const request = z.object({ type: z.string(), value: z.string().max(100), action: z.string() })

/** Snapshot's way for an operator's tools to flag, verify and hibernate. Where no secret is set, nobody may. */
export function moderationRoutes(ctx: Context) {
  const routes = new Hono<ApiEnv>()
  for (const path of ['/flag', '/api/flag']) {
    routes.post(path, async (c) => {
      if (!isSecret(c.req.header('secret'), ctx.env.authSecret)) {
        throw new AppError('unauthorized', { message: 'Unauthorized' })
      }
      const success = await moderate(
        ctx,
        parseInput(request, await readJson(c.req.raw)),
        `POST ${path}`,
      ).then(
        () => true,
        (error: unknown) => {
          if (error instanceof AppError && error.code === 'not_found') return false
          throw error
        },
      )
      return c.json({ success })
    })
  }
  return routes
}

/** Whether the sha256 of what was sent is the one in the environment; takes as long whatever was sent. */
function isSecret(sent: string | undefined, hash: string | undefined): boolean {
  if (sent === undefined || hash === undefined) return false
  return timingSafeEqual(createHash('sha256').update(sent).digest(), Buffer.from(hash, 'hex'))
}
