import { expect, it } from 'vitest'
import { parseVote } from './vote'

const proposal = `0x${'ab'.repeat(32)}`
const message = {
  from: '0x19E7E376E7C213B7E7e7e46cc70A5dD086DAff2A',
  space: 'river-dao',
  timestamp: 1700000000,
  proposal,
  choice: 1 as number | string | number[],
  reason: 'why not',
  app: 'comitia',
  metadata: '{"a":1}',
}

it('reads a vote', () => {
  const rest = { proposal, reason: 'why not', app: 'comitia', metadata: { a: 1 } }
  expect(parseVote(message, 'vote')).toEqual({ ...rest, choice: 1 })
  expect(parseVote({ ...message, choice: [2, 1] }, 'vote-array')).toEqual({ ...rest, choice: [2, 1] })
  expect(parseVote({ ...message, choice: '{"1":2}' }, 'vote-string')).toEqual({ ...rest, choice: { 1: 2 } })
  expect(parseVote({ ...message, choice: '1' }, 'vote-string').choice).toBe(1)
})

it('reads the oldest votes, which sign no reason, app or metadata', () => {
  const { reason, app, metadata, ...old } = message
  expect(parseVote(old, 'vote')).toEqual({ proposal, choice: 1, reason: '', app: '', metadata: {} })
})

it.each(['', 'x', '[]', 'null'])('reads metadata %j as none', (metadata) => {
  expect(parseVote({ ...message, metadata }, 'vote').metadata).toEqual({})
})

it.each([
  ['no JSON', { choice: '0xcipher' }, 'invalid choice'],
  ['a choice that cannot be stored', { choice: '{"\\u0000":1}' }, 'invalid choice'],
  ['null', { choice: 'null' }, 'wrong vote format'],
  ['a long reason', { choice: '1', reason: 'x'.repeat(5001) }, 'wrong vote format'],
  ['a long app', { choice: '1', app: 'x'.repeat(25) }, 'wrong vote format'],
  ['much metadata', { choice: '1', metadata: `{"a":"${'x'.repeat(2000)}"}` }, 'too large metadata'],
])('refuses %s', (_, change, refusal) => {
  expect(() => parseVote({ ...message, ...change }, 'vote-string')).toThrow(refusal)
})
