import { AppError } from '../core/errors'

/** Lets a few things be done at once, and a few more wait. */
export interface Gate {
  /** Runs `work` when its turn comes. Throws `rate_limited` when too many wait, of this key or altogether. */
  run<Result>(key: string, work: () => Promise<Result>): Promise<Result>
}

const retryAfterSeconds = 2

/**
 * First come, first served, but for those whose key has `atOncePerKey` under way: the next of another key goes first.
 * `perKey` counts those that are under way or wait under one key.
 */
export function createGate({
  atOnce,
  waiting,
  perKey,
  atOncePerKey = atOnce,
}: {
  readonly atOnce: number
  readonly waiting: number
  readonly perKey: number
  readonly atOncePerKey?: number
}): Gate {
  const queue: { readonly key: string; readonly start: () => void }[] = []
  const keys = new Map<string, number>()
  const underWay = new Map<string, number>()
  let running = 0

  const count = (counts: Map<string, number>, key: string, change: number) => {
    const next = (counts.get(key) ?? 0) + change
    if (next > 0) counts.set(key, next)
    else counts.delete(key)
  }
  const isFree = (key: string) => running < atOnce && (underWay.get(key) ?? 0) < atOncePerKey
  const begin = (key: string) => {
    running++
    count(underWay, key, 1)
  }
  const end = (key: string) => {
    running--
    count(underWay, key, -1)
    const next = queue.findIndex((waiter) => isFree(waiter.key))
    for (const waiter of next < 0 ? [] : queue.splice(next, 1)) {
      // At once, so that nobody comes between.
      begin(waiter.key)
      waiter.start()
    }
  }

  return {
    async run(key, work) {
      if (queue.length >= waiting || (keys.get(key) ?? 0) >= perKey) {
        throw new AppError('rate_limited', {
          message: `too many requests are being worked on, try again in ${retryAfterSeconds} s`,
          details: { retryAfter: retryAfterSeconds },
        })
      }
      count(keys, key, 1)
      try {
        if (isFree(key)) begin(key)
        else await new Promise<void>((start) => queue.push({ key, start }))
        try {
          return await work()
        } finally {
          end(key)
        }
      } finally {
        count(keys, key, -1)
      }
    },
  }
}
