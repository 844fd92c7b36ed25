import type { MiddlewareHandler } from 'hono'
import { AppError } from '../core/errors'
import type { Clock } from '../platform/clock'
import { createRequestBudget } from '../platform/request-budget'
import type { Context } from '../services/context'
import type { ApiEnv } from './api-env'

/**
 * At most `limit` requests a minute from one address; 0 means no limit. Every answer tells how many are left, in the
 * headers of the IETF's draft; of several limits on one path, the closest to its work.
 */
export function rateLimit(clock: Clock, limit: number): MiddlewareHandler<ApiEnv> {
  const budget = createRequestBudget(clock, limit)
  return async (c, next) => {
    if (limit === 0) return next()
    const { waitSeconds, remaining, resetSeconds } = budget.spend(c.get('ip'))
    c.header('ratelimit-limit', String(limit))
    c.header('ratelimit-remaining', String(remaining))
    c.header('ratelimit-reset', String(resetSeconds))
    if (waitSeconds > 0) throw tooManyRequests(waitSeconds)
    return next()
  }
}

/** A tenth of the usual limit, for requests that keep something for ever, read a chain or a whole log, or cost money. */
export function limitCostly({ clock, env }: Pick<Context, 'clock' | 'env'>): MiddlewareHandler<ApiEnv> {
  return rateLimit(clock, Math.ceil(env.rateLimit / 10))
}

/** The refusal of a request that is to come again after so many seconds. */
export function tooManyRequests(retryAfter: number): AppError {
  const message = `too many requests, try again in ${retryAfter} s`
  return new AppError('rate_limited', { message, details: { retryAfter } })
}
