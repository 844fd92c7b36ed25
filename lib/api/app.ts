import { randomUUID } from 'node:crypto'
import { Hono } from 'hono'
import { cors } from 'hono/cors'
import { AppError } from '../core/errors'
import type { Ingest } from '../ingest/ingest'
import type { Context } from '../services/context'
import type { Api, ApiEnv } from './api-env'
import { clientIp } from './client-ip'
import { createExportGate, type ExportGate } from './export-gate'
import { rateLimit } from './rate-limit'
import { respondError } from './respond'
import { accountRoutes } from './routes/accounts'
import { bundleRoutes } from './routes/bundles'
import { demoRoutes } from './routes/demo'
import { executionRoutes } from './routes/executions'
import { graphqlRoutes } from './routes/graphql'
import { hubRoutes } from './routes/hub'
import { installationRoutes } from './routes/installation'
import { logRoutes } from './routes/log'
import { messageRoutes } from './routes/messages'
import { moderationRoutes } from './routes/moderation'
import { proposalRoutes } from './routes/proposals'
import { reasonRoutes } from './routes/reasons'
import { relayerRoutes } from './routes/relayer'
import { scoreRoutes } from './routes/scores'
import { spaceRoutes } from './routes/spaces'
import { trailRoutes } from './routes/trail'
import { witnessRoutes } from './routes/witnesses'
import { createScoreApi } from './score-api'

/** What a page of another origin may read of an answer's headers. */
const readable = ['ratelimit-limit', 'ratelimit-remaining', 'ratelimit-reset', 'retry-after', 'x-request-id']

/** The HTTP API as one Fetch-style app. `comitia serve` answers with it directly; a Next route mounts it elsewhere. */
export function createApi(
  ctx: Context,
  ingest: Ingest,
  openExport: ExportGate = createExportGate(ctx.log),
): Api {
  const api: Api = new Hono<ApiEnv>({ strict: false })

  api.use(async (c, next) => {
    c.set('requestId', randomUUID())
    const socket = c.env?.incoming?.socket.remoteAddress
    c.set('ip', clientIp(c.req.header('x-forwarded-for'), socket, ctx.env.trustedProxies))
    await next()
    c.header('x-content-type-options', 'nosniff')
    c.header('x-request-id', c.get('requestId'))
    if (!c.res.headers.has('cache-control')) c.header('cache-control', 'no-store')
  })
  api.use(
    cors({ origin: '*', allowMethods: ['GET', 'HEAD', 'POST'], exposeHeaders: readable, maxAge: 86_400 }),
  )
  const common = rateLimit(ctx.clock, ctx.env.rateLimit)
  // Whoever reads a whole log asks for a tile after the other; each is one short read, and stays in caches for ever.
  const tiles = rateLimit(ctx.clock, ctx.env.rateLimit * 20)
  api.use((c, next) => (c.req.path.startsWith('/log/tile/') ? tiles(c, next) : common(c, next)))

  // Postgres keeps no NUL, so nothing has a path with one.
  api.use((c, next) => (c.req.path.includes('\0') ? Promise.resolve(c.notFound()) : next()))

  const scores = createScoreApi(ctx)
  api.route('/', messageRoutes(ctx, ingest, scores))
  api.route('/', scoreRoutes(ctx, scores))
  api.route('/', logRoutes(ctx))
  api.route('/', witnessRoutes(ctx))
  api.route('/', installationRoutes(ctx))
  api.route('/', moderationRoutes(ctx))
  api.route('/', graphqlRoutes(ctx, scores))
  api.route('/', hubRoutes(ctx))
  api.route('/', spaceRoutes(ctx))
  api.route('/', accountRoutes(ctx))
  api.route('/', trailRoutes(ctx, openExport))
  api.route('/', proposalRoutes(ctx))
  api.route('/', bundleRoutes(ctx, openExport))
  api.route('/', executionRoutes(ctx))
  api.route('/', reasonRoutes(ctx))
  api.route('/', relayerRoutes(ctx, ingest))
  if (ctx.env.demo) api.route('/', demoRoutes(ctx))

  api.notFound((c) => {
    const message = `There is nothing at ${c.req.method} ${c.req.path}.`
    return respondError(c, new AppError('not_found', { message }), ctx.log)
  })
  api.onError((error, c) => {
    const isLimit = error instanceof AppError && error.code === 'rate_limited'
    // Its clients know one form only.
    if (isLimit && c.req.path === '/api/scores') return scores.refuse(c, error, null)
    return respondError(c, error, ctx.log)
  })
  return api
}
