import type { Clock } from '../platform/clock'

const minuteMs = 60_000
/** Addresses remembered at once. A flood from more than that forgets the oldest, it does not fill the memory. */
const remembered = 50_000

/**
 * Counts requests by address: at most `limit` a minute, as a bucket that refills evenly; 0 means no limit. Each call
 * spends one and answers 0, or spends nothing and answers in how many seconds there will be one. Per process: several
 * processes behind a balancer each grant their own share.
 */
export function createRequestBudget(clock: Clock, limit: number): (ip: string) => number {
  const buckets = new Map<string, { tokens: number; at: number }>()
  return (ip) => {
    if (limit === 0) return 0
    const now = clock.now()
    const bucket = buckets.get(ip)
    const tokens = bucket ? Math.min(limit, bucket.tokens + ((now - bucket.at) * limit) / minuteMs) : limit
    if (tokens < 1) return Math.ceil(((1 - tokens) * minuteMs) / limit / 1000)
    buckets.delete(ip)
    buckets.set(ip, { tokens: tokens - 1, at: now })
    const oldest = buckets.keys().next()
    if (buckets.size > remembered && !oldest.done) buckets.delete(oldest.value)
    return 0
  }
}
