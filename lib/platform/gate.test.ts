import { expect, test } from 'vitest'
import { createGate } from './gate'

/** A gate, what began in which order, and a way to end the oldest that is under way. */
function openGate(options: Parameters<typeof createGate>[0]) {
  const gate = createGate(options)
  const begun: string[] = []
  const ends: (() => void)[] = []
  const run = (key: string) =>
    gate.run(key, () => {
      begun.push(key)
      return new Promise<void>((end) => ends.push(end))
    })
  const end = async () => {
    ends.shift()?.()
    await new Promise(setImmediate)
  }
  return { begun, run, end }
}

test('a key has its share under way, the others of it wait, and more than may wait are refused', async () => {
  const { begun, run, end } = openGate({ atOnce: 4, waiting: 10, atOncePerKey: 2, perKey: 5 })
  const five = Array.from('aaaaa', run)
  await expect(run('a')).rejects.toMatchObject({ code: 'rate_limited', details: { retryAfter: 2 } })
  expect(begun).toEqual(['a', 'a'])
  const other = run('b')
  expect(begun).toEqual(['a', 'a', 'b'])
  for (let i = 0; i < 6; i++) await end()
  await Promise.all([...five, other])
  expect(begun.join('')).toBe('aabaaa')
})

test('keys take turns, however much each has waiting', async () => {
  const { begun, run, end } = openGate({ atOnce: 1, waiting: 100, atOncePerKey: 1, perKey: 100 })
  const all = Array.from('aaaabbbbc', run)
  for (let i = 0; i < 9; i++) await end()
  await Promise.all(all)
  expect(begun.join('')).toBe('aabcababb')
})

test('those that wait are so many altogether; who need not wait is let in', async () => {
  const { begun, run, end } = openGate({ atOnce: 2, waiting: 1, atOncePerKey: 1, perKey: 9 })
  const all = [run('a'), run('a')]
  await expect(run('a')).rejects.toMatchObject({ code: 'rate_limited' })
  all.push(run('b'))
  await expect(run('c')).rejects.toMatchObject({ code: 'rate_limited' })
  for (let i = 0; i < 3; i++) await end()
  await Promise.all(all)
  expect(begun.join('')).toBe('aba')
})

test('what fails gives its place back', async () => {
  const gate = createGate({ atOnce: 1, waiting: 1, atOncePerKey: 1, perKey: 2 })
  await expect(gate.run('a', () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(await gate.run('a', async () => 1)).toBe(1)
})
