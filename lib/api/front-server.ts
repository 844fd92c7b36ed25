import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createRequestBudget } from '../platform/request-budget'
import type { Context } from '../services/context'
import { clientIp } from './client-ip'
import { isApiRequest } from './is-api-request'
import { normalTarget } from './normal-target'

type Listener = (request: IncomingMessage, response: ServerResponse) => unknown

/**
 * The HTTP server before the API and the pages. Both see a request's target in its normal form, so that none of its
 * spellings goes round the API to what Next makes of it. Pages get the sender's address as the only
 * X-Forwarded-For, and have a budget of requests of their own, as large as the API's.
 * A connection over which nothing moves for `stallMs` is closed.
 */
export function createFrontServer(
  ctx: Context,
  answer: { api: Listener; page: Listener },
  { stallMs = 120_000 } = {},
): Server {
  const budget = createRequestBudget(ctx.clock, ctx.env.rateLimit)
  // Idle connections cost a socket each and no more; a request that trickles in costs what it holds.
  const timeouts = { headersTimeout: 15_000, requestTimeout: 30_000, connectionsCheckingInterval: 5_000 }
  const server = createServer(timeouts, (request, response) => {
    const target = normalTarget(request.url ?? '')
    if (target === undefined) return refuse(response, 400, 'malformed request target')
    request.url = target
    if (isApiRequest(request.method, target)) return answer.api(request, response)

    const { headers, socket } = request
    const ip = clientIp(headers['x-forwarded-for']?.toString(), socket.remoteAddress, ctx.env.trustedProxies)
    headers['x-forwarded-for'] = ip
    const seconds = target.startsWith('/_next/static/') ? 0 : budget.spend(ip).waitSeconds
    if (seconds === 0) return answer.page(request, response)
    response.setHeader('retry-after', String(seconds))
    refuse(response, 429, `too many requests, try again in ${seconds} s`)
  })
  server.maxConnections = 10_000
  // Who takes no more of an answer would hold it for ever.
  server.timeout = stallMs
  return server
}

function refuse(response: ServerResponse, status: number, reason: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(`${reason}\n`)
}
