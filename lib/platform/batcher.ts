export interface BatcherOptions<Item, Answer> {
  /** Items of one run at most. */
  readonly maxSize: number
  /** How long the first item of an idle batcher waits for company. While a run is under way, the next one gathers. */
  readonly waitMs: number
  /** Items waiting at most; further ones are refused with the error of `onOverflow`. */
  readonly maxWaiting?: number
  readonly onOverflow?: () => Error
  /** Works on a batch; answers in its order. What it throws, every item of the batch is told. */
  readonly run: (items: readonly Item[]) => Promise<readonly Answer[]>
}

/** Turns single requests into batches, one batch at a time, so that one expensive step serves many. */
export interface Batcher<Item, Answer> {
  add(item: Item): Promise<Answer>
}

interface Waiting<Item, Answer> {
  readonly item: Item
  readonly resolve: (answer: Answer) => void
  readonly reject: (reason: unknown) => void
}

export function createBatcher<Item, Answer>(options: BatcherOptions<Item, Answer>): Batcher<Item, Answer> {
  const { maxSize, waitMs, maxWaiting = Number.POSITIVE_INFINITY, run } = options
  const waiting: Waiting<Item, Answer>[] = []
  let isBusy = false

  async function work(): Promise<void> {
    if (waiting.length < maxSize) await new Promise((resolve) => setTimeout(resolve, waitMs))
    while (waiting.length > 0) {
      const batch = waiting.splice(0, maxSize)
      try {
        const answers = await run(batch.map(({ item }) => item))
        for (const [i, { resolve }] of batch.entries()) resolve(answers[i] as Answer)
      } catch (error) {
        for (const { reject } of batch) reject(error)
      }
    }
    isBusy = false
  }

  return {
    add: (item) =>
      new Promise((resolve, reject) => {
        if (waiting.length >= maxWaiting) {
          reject(options.onOverflow?.() ?? new Error('too many items are waiting'))
          return
        }
        waiting.push({ item, resolve, reject })
        if (isBusy) return
        isBusy = true
        void work()
      }),
  }
}
