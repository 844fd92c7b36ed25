import { describe, expect, test } from 'vitest'
import type { ProposalView } from '../../../../lib/core/views/proposal-view'
import { checklist, editChecklist } from './checklist'
import { draftChoices, draftOf, draftPeriod, emptyDraft, type ProposalDraft, restoreDraft } from './draft'
import { editObstacle } from './edit-obstacle'
import { chosenExecutor, executorOptions } from './executor-options'

const empty = emptyDraft('basic', 86_400)
const free = { delay: null, period: null }
const now = 1_800_000_000

const checks = (draft: ProposalDraft, forbidden: string | null | undefined = null) =>
  checklist(draft, {
    choices: draftChoices(draft),
    ...draftPeriod(draft, free, now),
    now,
    built: [],
    executor: undefined,
    shortfalls: [],
    forbidden,
  })
const open = (draft: ProposalDraft, forbidden?: string | null) =>
  checks(draft, forbidden)
    .filter(({ state }) => state === 'todo')
    .map(({ label }) => label)

describe('draftPeriod', () => {
  test('the space’s delay and period win over what was typed; 0 counts as none', () => {
    const draft = { ...empty, start: '2030-01-01T00:00', period: 60 }
    expect(draftPeriod(draft, { delay: 100, period: 50 }, now)).toEqual({ start: now + 100, end: now + 150 })
    expect(draftPeriod(empty, { delay: 0, period: 0 }, now)).toEqual({ start: now, end: now + 86_400 })
  })

  test('a missing date is no date', () => {
    expect(draftPeriod({ ...empty, period: null }, free, now).end).toBeNaN()
  })
})

describe('restoreDraft', () => {
  test('brings back what was typed', () => {
    const draft = { ...empty, title: 'Half a title', choices: ['a', ''] }
    expect(restoreDraft(JSON.parse(JSON.stringify(draft)), empty)).toEqual(draft)
  })

  test.each([null, 5, 'text', [], { choices: 'none', calls: 7 }])('survives %j', (stored) => {
    expect(restoreDraft(stored, empty)).toMatchObject({ title: '', choices: ['', ''], calls: [] })
  })
})

describe('checklist', () => {
  test('a title is all that a basic proposal needs', () => {
    expect(open(empty)).toEqual(['A title'])
    expect(open({ ...empty, title: 'Plant trees' })).toEqual([])
  })

  test.each([
    [['Red', 'Red'], 'Two options are the same.'],
    [['Red', ' '], 'An option is empty.'],
    [['Red'], 'At least two options.'],
  ])('options %j: %s', (choices, detail) => {
    const draft = { ...empty, type: 'approval', choices }
    expect(checks(draft).find(({ label }) => label === 'Options to choose from')?.detail).toBe(detail)
  })

  test('time must lie ahead and go forward', () => {
    const until = (end: string) => open({ ...empty, title: 'x', period: null, end })
    expect(until('')).toEqual(['A time to vote'])
    expect(until('2001-01-01T00:00')).toEqual(['A time to vote'])
    expect(until('2040-01-01T00:00')).toEqual([])
  })

  test('nobody publishes before it is known that they may', () => {
    expect(open({ ...empty, title: 'x' }, 'Connect a wallet.')).toEqual(['An account that may propose'])
    const unknown = checklist(
      { ...empty, title: 'x' },
      {
        choices: ['a', 'b'],
        start: now,
        end: now + 99,
        now,
        built: [],
        executor: undefined,
        shortfalls: [],
        forbidden: undefined,
      },
    )
    expect(unknown.at(-1)?.state).toBe('todo')
  })

  test('calls need basic voting and must all be complete', () => {
    const draft = { ...empty, title: 'x', type: 'approval', choices: ['a', 'b'] }
    const executor = chosenExecutor(executorOptions(null), '')
    const facts = {
      ...{ choices: ['a', 'b'], start: now, end: now + 99, now },
      ...{ executor, shortfalls: [null], forbidden: null },
    }
    const built = [{ call: null, problem: 'The amount is missing.' }]
    const todo = checklist(draft, { ...facts, built }).filter(
      ({ where, state }) => where === 'execute' && state === 'todo',
    )
    expect(todo.map(({ detail }) => detail)).toEqual([
      'Call 1: The amount is missing.',
      expect.stringContaining('basic voting'),
    ])
  })

  test('a Safe that holds too little is advice: it may hold enough by then', () => {
    const built = [{ call: null, problem: '' }]
    const found = (shortfalls: readonly (string | null)[]) =>
      checklist(empty, {
        ...{ choices: ['a', 'b'], start: now, end: now + 99, now, built, forbidden: null },
        ...{ executor: undefined, shortfalls },
      }).find(({ label }) => label === 'Enough in the Safe')
    expect(found([])).toBeUndefined()
    expect(found([null, null])?.state).toBe('done')
    expect(found([null, 'Too little VOTE.'])).toMatchObject({ state: 'advice', detail: 'Too little VOTE.' })
  })
})

describe('an edit', () => {
  const proposal = {
    ...{ title: 'Shed', body: 'It peels.', discussion: '', type: 'approval', choices: ['Red', 'Green'] },
    ...{ origin: null, hidden: null, start: now + 1, hasExecution: false },
  } as unknown as ProposalView

  test('starts from the text that is there, and needs a change', () => {
    const draft = draftOf(proposal, null)
    expect(draft).toMatchObject({ title: 'Shed', body: 'It peels.', type: 'approval' })
    expect(draftChoices(draft)).toEqual(proposal.choices)
    expect(draftOf(proposal, 'basic').type).toBe('basic')
    const facts = { choices: proposal.choices, forbidden: null }
    const todo = (isChanged: boolean) =>
      editChecklist(draft, { ...facts, isChanged }).filter(({ state }) => state === 'todo')
    expect(todo(false).map(({ label }) => label)).toEqual(['A change'])
    expect(todo(true)).toEqual([])
  })

  test.each<[string, Partial<ProposalView>]>([
    ['has started', { start: now }],
    ['calls', { hasExecution: true }],
    ['withdrawn', { hidden: { by: '0x', at: now } }],
    ['copy', { origin: { hub: 'https://hub.example' } as ProposalView['origin'] }],
  ])('of what %s is impossible', (why, part) => {
    expect(editObstacle(proposal, now)).toBeNull()
    expect(editObstacle({ ...proposal, ...part }, now)).toContain(why)
  })
})
