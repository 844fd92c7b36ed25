import { Hono } from 'hono'
import { z } from 'zod'
import { bundleJsonSchema } from '../../core/audit/bundle-json-schema'
import { getBundle } from '../../services/bundle/get-bundle'
import type { Context } from '../../services/context'
import type { ApiEnv } from '../api-env'
import type { ExportGate } from '../export-gate'
import { packStream } from '../pack-stream'
import { hash, parseInput } from '../parse-input'
import { limitCostly } from '../rate-limit'

/** Proof bundles, and the schema of their lines. */
export function bundleRoutes(ctx: Context, openExport: ExportGate) {
  const seldom = limitCostly(ctx)
  const schema = JSON.stringify(bundleJsonSchema())
  return new Hono<ApiEnv>()
    .get('/api/proposals/:proposal/bundle', seldom, async (c) => {
      const { proposal } = parseInput(z.object({ proposal: hash }), c.req.param())
      const { name, bytes, sha256, content } = await getBundle(ctx, proposal)
      const etag = `"${sha256}"`
      // The same bytes for ever, but of a proposal whose result a restored backup may have lost.
      const headers = { etag, 'cache-control': 'no-cache', vary: 'accept-encoding' }
      const known = c.req.header('if-none-match') ?? ''
      if (known.split(/[\s,]+/).some((tag) => tag === '*' || tag.replace('W/', '') === etag)) {
        return c.body(null, 304, headers)
      }
      const isPacked = /\bgzip\b/.test(c.req.header('accept-encoding') ?? '')
      const body = openExport(c, content())
      return c.body(isPacked ? packStream(body) : body, 200, {
        ...headers,
        'content-type': 'application/x-ndjson',
        'content-disposition': `attachment; filename="${name}"`,
        ...(isPacked ? { 'content-encoding': 'gzip' } : { 'content-length': String(bytes) }),
      })
    })
    .get('/api/schemas/bundle.json', (c) =>
      c.body(schema, 200, {
        'content-type': 'application/schema+json',
        'cache-control': 'public, max-age=3600',
      }),
    )
}
