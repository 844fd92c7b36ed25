import { setTimeout as sleep } from 'node:timers/promises'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createBatcher } from './batcher'

/** A batcher that doubles numbers and remembers its batches. */
function createDoubler(options: { maxSize?: number; maxWaiting?: number } = {}) {
  const batches: (readonly number[])[] = []
  const batcher = createBatcher<number, number>({
    maxSize: 3,
    waitMs: 1,
    async run(items) {
      batches.push(items)
      await sleep(1)
      if (items.includes(13)) throw new Error('thirteen')
      return items.map((item) => item * 2)
    },
    ...options,
  })
  return { batcher, batches }
}

test('every item gets its own answer, and no batch is too large', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 20 }), { maxLength: 20 }), async (items) => {
      const { batcher, batches } = createDoubler()
      expect(await Promise.all(items.map((item) => batcher.add(item)))).toEqual(items.map((item) => item * 2))
      expect(batches.flat()).toEqual(items)
      expect(batches.every((batch) => batch.length > 0 && batch.length <= 3)).toBe(true)
    }),
    { numRuns: 30 },
  )
})

test('what comes while a batch is worked on makes the next one', async () => {
  const { batcher, batches } = createDoubler()
  const first = batcher.add(1)
  await sleep(2)
  await Promise.all([first, batcher.add(2), batcher.add(3)])
  expect(batches).toEqual([[1], [2, 3]])
})

test('a failure is told to its own batch, and the next one works', async () => {
  const { batcher } = createDoubler()
  const outcomes = await Promise.allSettled([13, 1, 2, 3].map((item) => batcher.add(item)))
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected', 'fulfilled'])
})

test('what would wait too long is turned away at once', async () => {
  const { batcher } = createDoubler({ maxWaiting: 2 })
  const outcomes = await Promise.allSettled([1, 2, 3].map((item) => batcher.add(item)))
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected'])
})
