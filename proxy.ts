import { type NextRequest, NextResponse } from 'next/server'
import { isApiRequest } from './lib/api/is-api-request'
import { originalPathHeader } from './lib/api/original-path'

/**
 * What stands before every page, whoever serves it: a content security policy with a fresh nonce. On hosts that run
 * plain Next it also sends what the API answers outside /api (envelopes posted to /, GraphQL, the log) to its one
 * route; `comitia serve` answers these before Next sees them.
 */
export function proxy(request: NextRequest): NextResponse {
  const { pathname, search, origin } = request.nextUrl
  const headers = new Headers(request.headers)
  // From outside it would let a request pose as another one.
  headers.delete(originalPathHeader)
  if (pathname === '/api' || pathname.startsWith('/api/')) return NextResponse.next({ request: { headers } })
  if (isApiRequest(request.method, pathname)) {
    headers.set(originalPathHeader, pathname)
    return NextResponse.rewrite(new URL(`/api${search}`, origin), { request: { headers } })
  }
  const policy = contentSecurityPolicy(crypto.randomUUID())
  // Next reads the nonce from here and puts it on its own scripts.
  headers.set('content-security-policy', policy)
  const response = NextResponse.next({ request: { headers } })
  response.headers.set('content-security-policy', policy)
  return response
}

/**
 * A page loads and talks to this server alone, and runs only the scripts that Next wrote into it. Wallets reach a
 * page by injected scripts of their own, which this does not govern. React needs eval in development, and `style`
 * attributes and Radix' scroll lock are inline styles.
 */
function contentSecurityPolicy(nonce: string): string {
  const development = process.env.NODE_ENV === 'development'
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ''}`,
    // The recount of a result runs in one. Not every browser lets 'strict-dynamic' speak for workers.
    "worker-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'self'",
  ].join('; ')
}

export const config = { matcher: ['/((?!_next/static|_next/image|icon.svg|favicon.ico).*)'] }
