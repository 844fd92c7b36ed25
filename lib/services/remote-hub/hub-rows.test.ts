import { describe, expect, it, test } from 'vitest'
import { type Misshapen, readRows, remoteSpaceSchema, remoteVoteSchema } from './hub-rows'

function read(choice: unknown) {
  const misshapen: Misshapen[] = []
  const rows = readRows(
    remoteVoteSchema,
    [
      {
        id: `0x${'ab'.repeat(32)}`,
        voter: `0x${'12'.repeat(20)}`,
        created: 1,
        proposal: { id: 'p' },
        choice,
        metadata: {},
        vp: 1,
      },
    ],
    (row) => misshapen.push(row),
  )
  return { choices: rows.map((row) => row.choice), problems: misshapen.map(({ problem }) => problem) }
}

describe('JSON in a row', () => {
  test.each([
    ['a number', 1],
    ['nothing', null],
    ['a whole pair', 'a 😀'],
    ['a backslash that looks like half a pair', 'C:\\udder'],
    ['JSON as text, with half a pair', JSON.stringify({ a: '\ud83d' })],
    ['JSON as text, with NUL', JSON.stringify('\0')],
  ])('may hold %s', (_, choice) => {
    expect(read(choice)).toEqual({ choices: [choice], problems: [] })
  })

  test.each([
    ['NUL', 'a\0'],
    ['half a pair', '\ud83d'],
    ['half a pair far inside', [{ a: [{ b: 'x\udc00' }] }]],
    ['a name with NUL', { 'a\0': 1 }],
    ['more than 20,000 characters', 'x'.repeat(20_000)],
    ['more levels than can be written', JSON.parse('['.repeat(1e6) + ']'.repeat(1e6))],
  ])('may not hold %s', (_, choice) => {
    expect(read(choice)).toEqual({ choices: [], problems: ['choice is too long or cannot be stored'] })
  })
})

describe('the settings of a space', () => {
  const isRead = (more: object) => {
    const space = { id: 'a', name: 'A', network: '1', strategies: [], admins: [], created: 1, ...more }
    return readRows(remoteSpaceSchema, [space], () => {}).length === 1
  }

  it('may hold words that nobody knows here, and nothing that cannot be stored', () => {
    expect(isRead({ about: 'C:\\udder', mood: { is: 'good' } })).toBe(true)
    expect(isRead({ about: 'a\0' })).toBe(false)
    expect(isRead({ mood: { '\ud83d': 'good' } })).toBe(false)
  })
})
