import { Hono, type Context as HonoContext } from 'hono'
import type { Context } from '../../services/context'
import { type DaoPart, daoParts, getDao } from '../../services/hub/get-dao'
import { getSpaceSettings } from '../../services/hub/get-space-settings'
import { isFinal } from '../../services/hub/is-final'
import type { ApiEnv } from '../api-env'

/** What Snapshot's hub answers beside GraphQL, and its sequencer without /api. */
export function hubRoutes(ctx: Context) {
  const dao = async (c: HonoContext<ApiEnv>, id: string, part?: DaoPart) => {
    const found = await getDao(ctx, askerOf(c), id.toLowerCase(), part)
    if (found === 'not-found') return c.json({ error: 'NOT_FOUND' }, 404)
    return found === 'invalid' ? c.json({ error: 'INVALID' }, 400) : c.json(found)
  }
  const routes = new Hono<ApiEnv>()
    .get('/api/spaces/:id', async (c) => {
      const settings = await getSpaceSettings(ctx, askerOf(c), c.req.param('id').toLowerCase())
      return settings ? c.json(settings) : refuse(c, 404, 'not_found')
    })
    // Settings are signed and sent here; nothing is fetched from where a name's text record points to.
    .on('GET', ['/api/spaces/:id/poke', '/spaces/:id/poke'], (c) =>
      c.json({ error: 'unable to resolve space uri' }),
    )
    .on('GET', ['/api/scores/:proposal', '/scores/:proposal'], async (c) =>
      c.json({ result: await isFinal(ctx, askerOf(c), c.req.param('proposal').toLowerCase()) }),
    )
    .post('/api/message', (c) => refuse(c, 410, 'personal sign is not supported anymore'))
    .get('/api/eip4824/:space', (c) => dao(c, c.req.param('space')))
  for (const part of daoParts) {
    routes.get(`/api/eip4824/:space/${part}`, (c) => dao(c, c.req.param('space'), part))
  }
  return routes
}

function askerOf(c: HonoContext<ApiEnv>) {
  return { ip: c.get('ip') }
}

/** The hub says "unauthorized" whatever the cause. */
function refuse(c: HonoContext<ApiEnv>, status: 404 | 410, reason: string): Response {
  return c.json({ error: 'unauthorized', error_description: reason }, status)
}
