import { expect, test } from 'vitest'
import type { BallotFact, TrailFact } from '../views/trail-view'
import { describeFact } from './describe-fact'

const ballot: BallotFact = {
  kind: 'ballot',
  choiceText: 'For',
  formerChoiceText: null,
  state: 'counted',
  supersededBy: null,
  power: '1200500000000000000000',
  symbol: 'VOTE',
  reason: '',
}
const edit = (...changes: Extract<TrailFact, { kind: 'edit' }>['changes']): TrailFact => {
  return { kind: 'edit', changes, more: 0 }
}

test.each<[string, TrailFact]>([
  ['Voted For, with 1,200.5 VOTE.', ballot],
  ['Voted none of the options, with 1,200.5 votes.', { ...ballot, choiceText: '', symbol: '' }],
  ['Voted For, power still to be read.', { ...ballot, state: 'pending', power: null }],
  ['Voted For, without power.', { ...ballot, state: 'powerless', power: '0' }],
  ['Voted For, not counted: the voter’s own key did not sign it.', { ...ballot, state: 'uncountable' }],
  ['Voted For again, with 1,200.5 VOTE.', { ...ballot, formerChoiceText: 'For' }],
  [
    'Changed the vote from Against to For. Superseded by #1.',
    { ...ballot, formerChoiceText: 'Against', state: 'superseded', power: null, supersededBy: 1 },
  ],
  ['Edited the proposal: nothing that counts is different.', edit()],
  [
    'Edited the proposal: options: added Yes, removed No; labels: in another order; text changed.',
    edit(
      { field: 'choices', added: ['Yes'], removed: ['No'] },
      { field: 'labels', added: [], removed: [] },
      { field: 'body' },
    ),
  ],
  [
    'Edited the proposal: length of a vote from 60 seconds to 86,400 seconds; link to the discussion set to “https://a.example/?q”.',
    edit(
      { field: 'voting.period', from: '60', to: '86400' },
      { field: 'discussion', from: '', to: 'https://a.example/?q' },
    ),
  ],
  ['Hid the proposal, as an admin.', { kind: 'withdrawal', as: 'admin' }],
  ['Flagged the proposal, as a moderator.', { kind: 'flag', as: 'moderator' }],
  ['Deleted the space, as its controller.', { kind: 'deletion' }],
  [
    'Changed the settings, as the controller: skin removed (was dark); and 12 more.',
    {
      kind: 'settings',
      isFirst: false,
      as: 'controller',
      changes: [{ field: 'skin', from: 'dark', to: null }],
      more: 12,
    },
  ],
])('%s', (sentence, fact) => {
  expect(describeFact(fact)).toBe(sentence)
})

test('what people wrote stays on its line, in its direction and short', () => {
  const hostile = `\u202Egnorw\u2066 ${'long '.repeat(100)}\n\t\u200Bend`
  const facts: TrailFact[] = [
    { ...ballot, choiceText: hostile, formerChoiceText: hostile },
    edit(
      { field: hostile, from: hostile, to: hostile },
      { field: 'x', added: [hostile], removed: [hostile] },
    ),
    { kind: 'settlement', step: 'Vetoed', chainId: 1, transactionHash: '0x', reason: hostile },
  ]
  for (const sentence of facts.map(describeFact)) {
    expect(sentence).not.toMatch(/[\n\t]|\p{Cf}/u)
    expect(sentence.length).toBeLessThan(1_000)
  }
})
