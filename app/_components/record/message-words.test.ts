import { expect, test } from 'vitest'
import { definitions } from '../../../lib/core/messages/definitions'
import { messageNoun } from './message-words'

test.each([...new Set(definitions.map(({ kind }) => kind))])(
  'a message of kind %s has a noun of its own',
  (kind) => {
    expect(messageNoun(kind)).not.toBe(messageNoun('a kind of tomorrow'))
  },
)
