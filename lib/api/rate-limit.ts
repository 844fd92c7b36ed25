import type { MiddlewareHandler } from 'hono'
import { AppError } from '../core/errors'
import type { Clock } from '../platform/clock'
import type { ApiEnv } from './api-env'
import { createRequestBudget } from './request-budget'

/** At most `limit` requests a minute from one address; 0 means no limit. */
export function rateLimit(clock: Clock, limit: number): MiddlewareHandler<ApiEnv> {
  const spend = createRequestBudget(clock, limit)
  return async (c, next) => {
    const seconds = spend(c.get('ip'))
    if (seconds === 0) return next()
    c.header('retry-after', String(seconds))
    throw new AppError('rate_limited', { message: `too many requests, try again in ${seconds} s` })
  }
}
