import { Hono } from 'hono'
import type { Context } from '../../services/context'
import { getHealth } from '../../services/installation/get-health'
import { getInstallation } from '../../services/installation/get-installation'
import type { ApiEnv } from '../api-env'

export function installationRoutes(ctx: Context) {
  return new Hono<ApiEnv>()
    .get('/api/health', async (c) => {
      const health = await getHealth(ctx)
      return c.json(health, health.status === 'down' ? 503 : 200)
    })
    .get('/api/v1/installation', async (c) => c.json(await getInstallation(ctx)))
}
