import { describe, expect, test } from 'vitest'
import type { SafeAccountView, TallyModuleView } from '../../../../lib/core/views/treasury-view'
import { checklist } from './checklist'
import { draftChoices, emptyDraft } from './draft'
import { chosenExecutor, executorOptions, moduleOf } from './executor-options'
import { signingMoment } from './signing-moment'

const safe = '0x5FbDB2315678afecb367f032d93F642f64180aa3'
const module = '0xe7f1725E7734CE288F8367e1Bb143E90bb3F0512'
const other = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8'
const tally: TallyModuleView = {
  space: 'demo',
  configHash: `0x${'c'.repeat(64)}`,
  obstacles: [],
  clock: 'block-number',
  token: null,
  config: {
    operator: other,
    receiptKey: other,
    guardian: null,
    powerSource: other,
    quorumBps: 400,
    quorumChoices: [1, 3],
    proposers: [],
    proposalThreshold: '0',
    minPeriod: 60,
    maxBackdate: 100,
    maxSnapshotAge: '1',
    commitGrace: 1,
    challengeWindow: 0,
    omissionWindow: 0,
    cooldown: 0,
    expiry: 1,
    bond: '0',
    isTest: true,
  },
}
const account = (...tallies: readonly (TallyModuleView | null)[]): SafeAccountView => ({
  name: 'Main',
  chainId: 31337,
  address: safe,
  problem: null,
  readAt: null,
  version: '1.4.1',
  owners: [safe, other],
  threshold: 2,
  guard: null,
  modules: tallies.map((found, index) => ({ address: index === 0 ? module : other, tally: found })),
})
const choose = (view: SafeAccountView | null | undefined, wanted = '') =>
  chosenExecutor(executorOptions(view), wanted)

describe('chosenExecutor', () => {
  test('a module that can settle comes before the owners', () => {
    expect(choose(account(tally))?.id).toBe(module)
    expect(choose(account(tally), 'safe-signers')?.id).toBe('safe-signers')
  })

  test.each([
    ['no module', account()],
    ['an unknown module only', account(null)],
    ['a module with an obstacle', account({ ...tally, obstacles: ['Another token.'] })],
    ['a power source that does not answer', account({ ...tally, clock: null })],
    ['a Safe that cannot be read', { ...account(tally), problem: 'No contract there.' }],
    ['no answer at all', null],
    ['no such treasury', undefined],
  ])('%s: the owners, and the reason beside them', (_, view) => {
    expect(choose(view)?.id).toBe('safe-signers')
    const modules = executorOptions(view).filter(({ kind }) => kind === 'module')
    expect(modules).toHaveLength(1)
    expect(modules[0]?.obstacles[0]).toMatch(/\.$/)
  })

  test('a module that was chosen and can no more stays chosen, and settles nothing', () => {
    const option = choose(account({ ...tally, obstacles: ['Another token.'] }), module)
    expect(option?.id).toBe(module)
    expect(moduleOf(option)).toBeNull()
  })

  test('the one that can is taken of several', () => {
    expect(choose(account({ ...tally, obstacles: ['Another space.'] }, tally))?.id).toBe(other)
  })
})

describe('a draft for a module', () => {
  const now = 1_800_000_000
  const draft = { ...emptyDraft('basic', 120), title: 'Pay Ada' }
  const built = [{ call: { to: other, value: 1n, data: '0x', operation: 0 }, problem: null }] as const
  const todo = (start: number, end: number, executor = choose(account(tally))) =>
    checklist(draft, {
      ...{ choices: draftChoices(draft), start, end, now, built, executor },
      ...{ shortfalls: [], forbidden: null },
    })
      .filter(({ state }) => state === 'todo')
      .map(({ detail }) => detail)

  test('leaves the module its shortest vote after a registration of 15 seconds', () => {
    expect(todo(now, now + 75)).toEqual([])
    expect(todo(now, now + 74)).toEqual([expect.stringContaining('after the registration')])
    expect(todo(now + 30, now + 89)).toEqual(['At least a minute.', 'The module asks for at least 1 minute.'])
  })

  test('begins not too long before its registration', () => {
    expect(todo(now - 85, now + 200)).toEqual([])
    expect(todo(now - 86, now + 200)).toEqual([expect.stringContaining('later start')])
  })

  test('waits for the chain, and for a choice that is possible', () => {
    expect(todo(now, now + 120, undefined)).toEqual([])
    const off = choose(account({ ...tally, obstacles: ['Another token.'] }), module)
    expect(todo(now, now + 120, off)).toEqual(['Another token.'])
  })
})

describe('signingMoment', () => {
  const newest = { number: 100, timestamp: 5000, earlier: 97 }
  test('the owners’ proposals read votes at the newest block', () => {
    expect(signingMoment(newest, 5007, null)).toEqual({ timestamp: 5007, snapshot: 100 })
  })
  test('a module’s at one that is past by its own clock', () => {
    expect(signingMoment(newest, 5007, 'block-number')).toEqual({ timestamp: 5007, snapshot: 99 })
    expect(signingMoment(newest, 5007, 'timestamp')).toEqual({ timestamp: 5000, snapshot: 97 })
  })
})
