/**
 * Work that has begun: its end, and how long it took. Its failure waits for whoever asks.
 *
 * @template T
 * @typedef {{ result: Promise<T>, seconds: () => number }} Begun
 */

/**
 * Begins work that another step may run beside.
 *
 * @template T
 * @param {() => T | Promise<T>} work
 * @returns {Begun<T>}
 */
export function begin(work) {
  const start = performance.now()
  let end = Number.NaN
  const result = Promise.resolve()
    .then(work)
    .finally(() => {
      end = performance.now()
    })
  result.catch(() => {})
  return { result, seconds: () => (end - start) / 1000 }
}

/**
 * Says what is being done while it is done: one line a step, its duration behind it.
 *
 * @template T
 * @param {string} label
 * @param {(() => T | Promise<T>) | Begun<T>} work
 * @returns {Promise<T>}
 */
export async function step(label, work) {
  process.stdout.write(`  ${label} ${'·'.repeat(Math.max(2, 44 - label.length))} `)
  const { result, seconds } = typeof work === 'function' ? begin(work) : work
  try {
    const answer = await result
    process.stdout.write(`${seconds().toFixed(1).padStart(6)} s\n`)
    return answer
  } catch (error) {
    process.stdout.write('failed\n')
    throw error
  }
}
