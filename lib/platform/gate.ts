import { AppError } from '../core/errors'

/** Lets a few things be done at once, and a few more wait. */
export interface Gate {
  /** Runs `work` when its turn comes. Throws `rate_limited` when too many wait, of this key or altogether. */
  run<Result>(key: string, work: () => Promise<Result>): Promise<Result>
}

const retryAfterSeconds = 2

/** First come, first served; `perKey` counts those that are under way or wait under one key. */
export function createGate({
  atOnce,
  waiting,
  perKey,
}: {
  readonly atOnce: number
  readonly waiting: number
  readonly perKey: number
}): Gate {
  const queue: (() => void)[] = []
  const keys = new Map<string, number>()
  let running = 0

  const count = (key: string, change: number) => {
    const next = (keys.get(key) ?? 0) + change
    if (next > 0) keys.set(key, next)
    else keys.delete(key)
  }

  return {
    async run(key, work) {
      if (queue.length >= waiting || (keys.get(key) ?? 0) >= perKey) {
        throw new AppError('rate_limited', {
          message: `too many requests are being worked on, try again in ${retryAfterSeconds} s`,
          details: { retryAfter: retryAfterSeconds },
        })
      }
      count(key, 1)
      try {
        if (running >= atOnce) await new Promise<void>((resolve) => queue.push(resolve))
        else running++
        try {
          return await work()
        } finally {
          // Whoever is next takes the place over.
          const next = queue.shift()
          if (next) next()
          else running--
        }
      } finally {
        count(key, -1)
      }
    },
  }
}
