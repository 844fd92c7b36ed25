import fc from 'fast-check'
import { expect, test } from 'vitest'
import { listChanges } from './list-changes'

const [a, b, c] = ['0xA', '0xB', '0xC']

test.each([
  [{ voting: { quorum: 1 } }, { voting: { quorum: 2 } }, { field: 'voting.quorum', from: '1', to: '2' }],
  [{}, { about: 'New' }, { field: 'about', from: null, to: 'New' }],
  [{ about: 'Old' }, {}, { field: 'about', from: 'Old', to: null }],
  [{ admins: [a, b] }, { admins: [b, c] }, { field: 'admins', added: [c], removed: [a] }],
  [{}, { admins: [a] }, { field: 'admins', added: [a], removed: [] }],
  [{ choices: [a, b] }, { choices: [b, a] }, { field: 'choices', added: [], removed: [] }],
  [
    { treasuries: [] },
    { treasuries: [{ name: 'Main', address: a }] },
    { field: 'treasuries', added: ['0xA · Main'], removed: [] },
  ],
  [{ body: 'short' }, { body: 'x'.repeat(201) }, { field: 'body' }],
])('%j became %j', (before, after, change) => {
  expect(listChanges(before, after)).toEqual({ changes: [change], more: 0 })
})

test('nothing differs from itself; whatever the JSON, the other way round is the same fields', () => {
  const json = fc
    .dictionary(fc.string(), fc.jsonValue({ maxDepth: 8 }))
    .map((value) => JSON.parse(JSON.stringify(value)))
  fc.assert(
    fc.property(json, json, (before, after) => {
      expect(listChanges(before, before)).toEqual({ changes: [], more: 0 })
      const fields = (changes: ReturnType<typeof listChanges>) =>
        changes.changes.map(({ field }) => field).sort()
      const [there, back] = [listChanges(before, after), listChanges(after, before)]
      fc.pre(there.more === 0)
      expect(fields(back)).toEqual(fields(there))
    }),
  )
})

test('the order of keys is no change', () => {
  const before = { strategies: [{ name: 'ticket', params: { a: 1, b: 2 } }], voting: { delay: 1, period: 2 } }
  const after = { voting: { period: 2, delay: 1 }, strategies: [{ params: { b: 2, a: 1 }, name: 'ticket' }] }
  expect(listChanges(before, after)).toEqual({ changes: [], more: 0 })
})

test('what somebody made huge stays small', () => {
  let deep: unknown = 1
  for (let depth = 0; depth < 3_000; depth++) deep = [{ deep }]
  const wide = Object.fromEntries(
    Array.from({ length: 5_000 }, (_, index) => [`${index}`.repeat(100), 'x'.repeat(200)]),
  )
  const { changes, more } = listChanges({}, { ...wide, deep, list: Array.from({ length: 500 }, () => deep) })
  expect({ listed: changes.length, more }).toEqual({ listed: 50, more: 4_952 })
  expect(JSON.stringify(changes).length).toBeLessThan(50_000)
})
