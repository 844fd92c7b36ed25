import { NextRequest } from 'next/server'
import { describeApi } from '../../../lib/api/api.suite'
import { shareContext } from '../../../lib/services/create-context'
import { proxy } from '../../../proxy'
import { GET, OPTIONS, POST } from './route'

const handlers: Readonly<Record<string, typeof GET>> = { GET, OPTIONS, POST }

/** What Next does with the proxy's answer: the route sees its headers, and another path where it says so. */
function throughProxy(request: NextRequest): Request {
  const answer = proxy(request)
  const headers = new Headers()
  for (const name of (answer.headers.get('x-middleware-override-headers') ?? '').split(',')) {
    const value = answer.headers.get(`x-middleware-request-${name}`)
    if (value !== null) headers.set(name, value)
  }
  const url = answer.headers.get('x-middleware-rewrite') ?? request.url
  const { method, body } = request
  return new Request(url, { method, headers, body, ...(body && { duplex: 'half' }) })
}

describeApi('the API on a Next route', async (ctx) => {
  shareContext({ ...ctx, close: async () => {} })
  return {
    async request(path, init) {
      const request = throughProxy(new NextRequest(`http://localhost${path}`, init as never))
      const handler = handlers[request.method]
      // Next answers itself what a route does not export, and what no route matches.
      if (!handler || !new URL(request.url).pathname.startsWith('/api'))
        return new Response(null, { status: 404 })
      return handler(request)
    },
    close: async () => {},
  }
})
