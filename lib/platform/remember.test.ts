import { expect, test } from 'vitest'
import { createMemory } from './remember'

test('what is known, or being found, is not looked for again, for each owner by itself', async () => {
  const remember = createMemory<string>(2)
  const [ada, ben] = [{}, {}]
  const found: string[] = []
  const ask = (owner: object, key: string) => remember(owner, key, async () => `${key}${found.push(key)}`)
  expect(await Promise.all([ask(ada, 'a'), ask(ada, 'a'), ask(ben, 'a')])).toEqual(['a1', 'a1', 'a2'])
  // Asked for again, it outlives what was asked for after it.
  for (const key of ['b', 'a', 'c', 'a', 'b']) await ask(ada, key)
  expect(found).toEqual(['a', 'a', 'b', 'c', 'b'])
})

test('what could not be found is looked for again', async () => {
  const remember = createMemory<string>(2)
  const owner = {}
  await expect(remember(owner, 'a', () => Promise.reject(new Error('not now')))).rejects.toThrow('not now')
  expect(await remember(owner, 'a', async () => 'now')).toBe('now')
})
