import fc from 'fast-check'
import { expect, it } from 'vitest'
import { parseVote } from '../messages/vote'
import { readPlainVote } from './plain-vote'

const id = fc
  .uint8Array({ minLength: 32, maxLength: 32 })
  .map((bytes) => `0x${Buffer.from(bytes).toString('hex')}`)
/** Mostly short, else of about `max` characters, which may be twice as many code units. */
const text = (max: number) =>
  fc.oneof(
    { arbitrary: fc.string(), weight: 3 },
    {
      arbitrary: fc
        .tuple(fc.constantFrom('é', '😀'), fc.nat(3))
        .map(([one, more]) => one.repeat(max - 1 + more)),
      weight: 1,
    },
  )
const message = fc.record(
  {
    proposal: fc.oneof(
      { arbitrary: id, weight: 3 },
      { arbitrary: id.map((hex) => hex.toUpperCase().replace('X', 'x')), weight: 1 },
      { arbitrary: fc.string(), weight: 1 },
    ),
    choice: fc.oneof(fc.nat(), fc.array(fc.nat()), fc.constantFrom('{"1":1}', '1', '[')),
    reason: text(5000),
    app: text(24),
    metadata: fc.constantFrom('{}', '{}', '{}', '', '[]', '{"a":1}', '{} ', 'x'.repeat(2001)),
  },
  { requiredKeys: ['proposal', 'choice'] },
)

it('says what parseVote says, or leaves it to it', () => {
  let plain = 0
  fc.assert(
    fc.property(message, fc.constantFrom('vote', 'vote-array', 'vote-string'), (vote, kind) => {
      const read = readPlainVote(vote, kind)
      if (!read) return
      plain += 1
      expect(parseVote(vote, kind)).toMatchObject(read)
    }),
    { numRuns: 2000 },
  )
  expect(plain).toBeGreaterThan(50)
})
