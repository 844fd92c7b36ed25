import { expect, it } from 'vitest'
import type { ResolvedMessage } from '../../../../lib/core/messages/resolve-message'
import { ballotWords, messageTitle } from './message-words'

const vote = { proposal: `0x${'ab'.repeat(32)}`, reason: '', app: '', metadata: '{}' }
const ballot = (kind: ResolvedMessage['kind'], choice: ResolvedMessage['message'][string]) => ({
  kind,
  message: { ...vote, choice },
})
const basic = { type: 'basic', choices: ['For', 'Against', 'Abstain'] }

it('says a choice in the proposal’s words', () => {
  expect(ballotWords(ballot('vote', 2), basic)).toBe('Against')
  expect(ballotWords(ballot('vote-array', [1, 3]), { ...basic, type: 'approval' })).toBe('For, Abstain')
  expect(ballotWords(ballot('vote-array', []), { ...basic, type: 'approval' })).toBe(
    'for none of the options',
  )
  expect(ballotWords(ballot('vote-string', '{"1":1,"3":1}'), { ...basic, type: 'weighted' })).toContain('For')
})

it('says it as it was signed where these are missing or do not fit', () => {
  expect(ballotWords(ballot('vote', 2), null)).toBe('2')
  expect(ballotWords(ballot('vote', 7), basic)).toBe('7')
  expect(ballotWords(ballot('vote-string', 'sealed'), { ...basic, type: 'weighted' })).toBe('"sealed"')
})

it('says who did what', () => {
  const title = (kind: string, message: object) =>
    messageTitle({ kind, message, space: 'dao' } as ResolvedMessage, 'Ada', basic)
  expect(title('vote', { ...vote, choice: 1 })).toBe('Ada voted For')
  expect(title('proposal', { title: 'Meet' })).toBe('Ada proposed “Meet”')
  expect(title('update-proposal', { title: 'Meet' })).toBe('Ada edited “Meet”')
  expect(title('delete-proposal', {})).toBe('Ada withdrew a proposal')
  expect(title('settings', {})).toBe('Ada set the settings of dao')
})
