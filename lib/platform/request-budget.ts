import type { Clock } from './clock'

const minuteMs = 60_000
/** Keys remembered at once. A flood from more than that forgets the oldest, it does not fill the memory. */
const remembered = 50_000

/** Where somebody stands after asking for one more request. */
export interface Standing {
  /** 0: the request was granted. Else in how many seconds one will be, and nothing was spent. */
  readonly waitSeconds: number
  /** Whole requests that are left now. */
  readonly remaining: number
  /** Seconds until the budget is full again. */
  readonly resetSeconds: number
}

/** How many requests each of many may make a minute. */
export interface RequestBudget {
  /** A minute; 0 means no limit. */
  readonly limit: number
  spend(key: string): Standing
  /** Takes a spending back. */
  giveBack(key: string): void
}

/**
 * Counts requests by key: at most `limit` a minute, as a bucket that refills evenly. Per process: several processes
 * behind a balancer each grant their own share.
 */
export function createRequestBudget(clock: Clock, limit: number): RequestBudget {
  const buckets = new Map<string, { tokens: number; at: number }>()
  const refillMs = (tokens: number) => (tokens * minuteMs) / limit
  const seconds = (ms: number) => Math.ceil(ms / 1000)

  function tokensOf(key: string): number {
    const bucket = buckets.get(key)
    return bucket ? Math.min(limit, bucket.tokens + ((clock.now() - bucket.at) * limit) / minuteMs) : limit
  }

  function keep(key: string, tokens: number): void {
    buckets.delete(key)
    buckets.set(key, { tokens, at: clock.now() })
    const oldest = buckets.keys().next()
    if (buckets.size > remembered && !oldest.done) buckets.delete(oldest.value)
  }

  return {
    limit,
    spend(key) {
      if (limit === 0) return { waitSeconds: 0, remaining: 0, resetSeconds: 0 }
      const tokens = tokensOf(key)
      const resetSeconds = (left: number) => seconds(refillMs(limit - left))
      if (tokens < 1) {
        return {
          waitSeconds: seconds(refillMs(1 - tokens)),
          remaining: 0,
          resetSeconds: resetSeconds(tokens),
        }
      }
      keep(key, tokens - 1)
      return { waitSeconds: 0, remaining: Math.floor(tokens - 1), resetSeconds: resetSeconds(tokens - 1) }
    },
    giveBack(key) {
      if (buckets.has(key)) keep(key, Math.min(limit, tokensOf(key) + 1))
    },
  }
}
