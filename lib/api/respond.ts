import type { Context as HonoContext } from 'hono'
import { AppError, codes } from '../core/errors'
import { translateError } from '../db/translate-error'
import type { Logger } from '../platform/logger'
import type { ApiEnv } from './api-env'

/**
 * The one place where errors become HTTP, in Snapshot's form: `{error, error_description}` with the status of
 * the error's code. A mistake of ours shows a request id and nothing else; it is logged here, once.
 */
export function respondError(c: HonoContext<ApiEnv>, thrown: unknown, log: Logger): Response {
  const error = translateError(thrown)
  const known = error instanceof AppError ? error : undefined
  const status = known?.status ?? 500
  const kind = status < 500 ? 'client_error' : 'server_error'
  const requestId = c.get('requestId')
  if (!known || !codes[known.code].public) {
    log.error({ event: 'request.failed', requestId, path: c.req.path, err: error, details: known?.details })
    return json(status, { error: kind, error_description: `internal error, request ${requestId}` })
  }
  if (status >= 500)
    log.warn({
      event: 'request.failed',
      requestId,
      path: c.req.path,
      code: known.code,
      reason: known.message,
    })
  const { issues, retryAfter = known.retry ? 2 : undefined } = known.details
  return json(
    status,
    { error: kind, error_description: known.message, ...(Array.isArray(issues) && { issues }) },
    retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) },
  )
}

function json(status: number, body: object, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
  })
}
