import { AppError } from '../core/errors'

/** Lets a few things be done at once, and a few more wait. */
export interface Gate {
  /** Runs `work` when its turn comes. Throws `rate_limited` when too many wait, of this key or altogether. */
  run<Result>(key: string, work: () => Promise<Result>): Promise<Result>
}

const retryAfterSeconds = 2

/**
 * At most `atOnce` are under way, of one key `atOncePerKey`. `waiting` more may wait; of one key `perKey`, those under way
 * too. Keys take turns, and of one key the first goes first: who asks once waits for no one's hundred.
 */
export function createGate({
  atOnce,
  waiting,
  perKey,
  atOncePerKey,
}: {
  readonly atOnce: number
  readonly waiting: number
  readonly perKey: number
  readonly atOncePerKey: number
}): Gate {
  /** Who waits, by key; the key whose turn was last is the last. */
  const queues = new Map<string, (() => void)[]>()
  const underWay = new Map<string, number>()
  let running = 0
  let queued = 0

  const ofKey = (key: string) => underWay.get(key) ?? 0
  const isFree = (key: string) => running < atOnce && ofKey(key) < atOncePerKey
  const begin = (key: string) => {
    running++
    underWay.set(key, ofKey(key) + 1)
  }
  const end = (key: string) => {
    running--
    if (ofKey(key) > 1) underWay.set(key, ofKey(key) - 1)
    else underWay.delete(key)
    startNext()
  }
  const startNext = () => {
    for (const [key, queue] of queues) {
      if (!isFree(key)) continue
      // At once, so that nobody comes between.
      begin(key)
      queue.shift()?.()
      queued--
      queues.delete(key)
      if (queue.length > 0) queues.set(key, queue)
      return
    }
  }
  const wait = (key: string) => {
    const queue = queues.get(key) ?? []
    if (queued >= waiting || ofKey(key) + queue.length >= perKey) {
      throw new AppError('rate_limited', {
        message: `too many requests are being worked on, try again in ${retryAfterSeconds} s`,
        details: { retryAfter: retryAfterSeconds },
      })
    }
    queues.set(key, queue)
    queued++
    return new Promise<void>((start) => queue.push(start))
  }

  return {
    async run(key, work) {
      if (isFree(key)) begin(key)
      else await wait(key)
      try {
        return await work()
      } finally {
        end(key)
      }
    },
  }
}
