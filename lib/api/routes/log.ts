import { Hono } from 'hono'
import { etag, RETAINED_304_HEADERS } from 'hono/etag'
import { z } from 'zod'
import type { Context } from '../../services/context'
import { getCheckpoint } from '../../services/log/get-checkpoint'
import { getConsistency } from '../../services/log/get-consistency'
import { getInclusion } from '../../services/log/get-inclusion'
import { getLog } from '../../services/log/get-log'
import { getTile } from '../../services/log/get-tile'
import type { ApiEnv } from '../api-env'
import { parseInput, wholeNumber } from '../parse-input'

const inclusionQuery = z.object({ index: wholeNumber, size: wholeNumber.optional() })
const consistencyQuery = z.object({ from: wholeNumber, to: wholeNumber })

/** The log in the C2SP tlog-tiles layout, and proofs for those who do not make their own of it. */
export function logRoutes(ctx: Context) {
  const tag = etag({ retainedHeaders: [...RETAINED_304_HEADERS, 'access-control-allow-origin'] })
  return new Hono<ApiEnv>()
    .get('/log/checkpoint', async (c) =>
      c.body(await getCheckpoint(ctx), 200, {
        'content-type': 'text/plain; charset=utf-8',
        // Whoever asks sees the log as it was a second ago at most, through caches too.
        'cache-control': 'public, max-age=1, must-revalidate',
      }),
    )
    .get('/log/tile/*', tag, async (c) =>
      c.body(new Uint8Array(await getTile(ctx, c.req.path.slice('/log/'.length))), 200, {
        'content-type': 'application/octet-stream',
        'cache-control': 'public, max-age=31536000, immutable',
      }),
    )
    .get('/api/v1/log', async (c) => c.json(await getLog(ctx)))
    .get('/api/v1/log/inclusion', async (c) => {
      const { index, size } = parseInput(inclusionQuery, c.req.query())
      return c.json(await getInclusion(ctx, index, size))
    })
    .get('/api/v1/log/consistency', async (c) => {
      const { from, to } = parseInput(consistencyQuery, c.req.query())
      return c.json(await getConsistency(ctx, from, to))
    })
}
