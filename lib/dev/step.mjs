/**
 * Says what is being done while it is done: one line a step, its duration behind it.
 *
 * @template T
 * @param {string} label
 * @param {() => T | Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step(label, work) {
  const start = performance.now()
  process.stdout.write(`  ${label} ${'·'.repeat(Math.max(2, 44 - label.length))} `)
  try {
    const result = await work()
    const seconds = ((performance.now() - start) / 1000).toFixed(1)
    process.stdout.write(`${seconds.padStart(6)} s\n`)
    return result
  } catch (error) {
    process.stdout.write('failed\n')
    throw error
  }
}
