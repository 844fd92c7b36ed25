import type { HttpBindings } from '@hono/node-server'
import type { Hono } from 'hono'

/** What a request carries inside the API. Bindings are absent on hosts that run plain Next. */
export interface ApiEnv {
  Bindings: Partial<HttpBindings>
  Variables: { requestId: string; ip: string }
}

export type Api = Hono<ApiEnv>
