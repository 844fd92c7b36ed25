import type { Context as HonoContext } from 'hono'
import { AppError } from '../core/errors'
import type { Logger } from '../platform/logger'
import type { ApiEnv } from './api-env'
import { streamText } from './stream-text'

const retryAfterSeconds = 10

/**
 * The body of an export, made while it is read; empty for `HEAD`. Throws `rate_limited` if too many are being made.
 */
export type ExportGate = (
  c: HonoContext<ApiEnv>,
  pieces: AsyncGenerator<string>,
) => ReadableStream<Uint8Array>

/**
 * Lets `atOnce` exports be made at once in this process, `perAddress` of them for one address: each holds memory, and
 * reads the database until its reader has all of it, hangs up, or takes nothing for `patienceMs`.
 */
export function createExportGate(
  log: Logger,
  { atOnce = 8, perAddress = 2, patienceMs = 60_000 } = {},
): ExportGate {
  const open = new Map<symbol, string>()
  return (c, pieces) => {
    if (c.req.method === 'HEAD') return new Blob().stream()
    const ip = c.get('ip')
    const own = [...open.values()].filter((one) => one === ip).length
    if (own >= perAddress) throw busy('your address has as many downloads open as one may')
    if (open.size >= atOnce) throw busy('the server writes as many downloads as it can')
    const key = Symbol()
    open.set(key, ip)
    const onError = (err: unknown) => log.error({ event: 'export.failed', path: c.req.path, err })
    return streamText(pieces, onError, { patienceMs, onOver: () => open.delete(key) })
  }
}

function busy(why: string): AppError {
  return new AppError('rate_limited', {
    message: `${why}, try again in ${retryAfterSeconds} s`,
    details: { retryAfter: retryAfterSeconds },
  })
}
