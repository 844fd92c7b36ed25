import { Hono, type Context as HonoContext } from 'hono'
import { z } from 'zod'
import { type TrailGroup, trailGroupNames } from '../../core/trail/trail-groups'
import type { Context } from '../../services/context'
import { exportTrail, type TrailFormat } from '../../services/trail/export-trail'
import { listTrail } from '../../services/trail/list-trail'
import type { ApiEnv } from '../api-env'
import type { ExportGate } from '../export-gate'
import { address, hash, page, parseInput, spacePath } from '../parse-input'
import { limitCostly } from '../rate-limit'

const filter = {
  kind: z
    .enum(trailGroupNames as [TrailGroup, ...TrailGroup[]], `must be one of ${trailGroupNames.join(', ')}`)
    .optional(),
  author: address.optional(),
  proposal: hash.optional(),
  find: z
    .string()
    .regex(/^(\d{1,15}|0x[0-9a-fA-F]{64})$/, 'must be a place in the log or 0x and 64 hex digits')
    .transform((text) => text.toLowerCase())
    .optional(),
}
const pageQuery = z.object({
  ...page,
  ...filter,
  order: z.enum(['new', 'old'], 'must be new or old').default('new'),
})
const types = { csv: 'text/csv; charset=utf-8; header=present', ndjson: 'application/x-ndjson' } as const

/** The audit trail of a space: a page, or all of it as a file. */
export function trailRoutes(ctx: Context, openExport: ExportGate) {
  /** Of what reads a whole log. */
  const seldom = limitCostly(ctx)

  const download = (format: TrailFormat) => async (c: HonoContext<ApiEnv>) => {
    const query = { ...parseInput(spacePath, c.req.param()), ...parseInput(z.object(filter), c.req.query()) }
    const pieces = await exportTrail(ctx, query, format)
    return c.body(openExport(c, pieces), 200, {
      'content-type': types[format],
      'content-disposition': `attachment; filename="${fileName(query)}.${format}"`,
    })
  }

  return new Hono<ApiEnv>()
    .get('/api/v1/spaces/:space/trail', async (c) =>
      c.json(
        await listTrail(ctx, {
          ...parseInput(spacePath, c.req.param()),
          ...parseInput(pageQuery, c.req.query()),
        }),
      ),
    )
    .get('/api/v1/spaces/:space/trail.csv', seldom, download('csv'))
    .get('/api/v1/spaces/:space/trail.ndjson', seldom, download('ndjson'))
}

/** In letters that any header and any disk takes; names of ENS have others too. */
function fileName({ space, proposal }: { space: string; proposal?: string | undefined }): string {
  const name = space.replace(/[^a-z0-9.-]+/g, '-')
  return `${name}-trail${proposal === undefined ? '' : `-${proposal.slice(0, 10)}`}`
}
