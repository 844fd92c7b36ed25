import { getAddress, zeroAddress } from 'viem'
import { describe, expect, test } from 'vitest'
import type { ModuleConfig } from './module-config'
import { type ModuleSpace, moduleObstacles, type ReadModule } from './module-obstacles'

const address = (digit: string) => getAddress(`0x${digit.repeat(40)}`)
const module = address('1')
const safe = address('2')
const source = address('3')
const token = address('4')
const other = address('5')

const config: ModuleConfig = {
  ...{ space: 'demo', operator: other, receiptKey: other, powerSource: source, powerParams: '0x' },
  ...{ quorumBps: 400, quorumChoices: 5, proposalThreshold: 1n, proposers: [] },
  ...{ minPeriod: 3600, maxBackdate: 600, maxSnapshotAge: 100n, commitGrace: 3600 },
  ...{ challengeWindow: 0, omissionWindow: 0, cooldown: 10, expiry: 3600, bond: 0n, revealFee: 0n },
  ...{ guardian: zeroAddress, guardianExpiry: 0n, isTest: true },
}
const good: ReadModule = {
  ...{ address: module, chainId: 10, safe, isGenuine: true, isEnabled: true, config },
  source: { kind: 'votes', token, clock: 'block-number', now: 5n },
}
const settings: ModuleSpace['settings'] = {
  network: '10',
  strategies: [{ name: 'erc20-votes', params: { address: token.toLowerCase(), decimals: 6 } }],
  treasuries: [{ name: 'Safe', address: safe, network: '10' }],
}

const found = (change: Partial<ReadModule>, changed: Partial<ModuleSpace['settings']> = {}, id = 'demo') =>
  moduleObstacles({ ...good, ...change }, { id, settings: { ...settings, ...changed } })

test('a space that counts what its Safe’s module counts has none', () => {
  expect(found({})).toEqual([])
  expect(found({}, { voting: { type: 'basic', period: 3600, privacy: 'any' } })).toEqual([])
  expect(found({}, { voting: { delay: 600, period: 4200, privacy: '' } })).toEqual([])
})

describe('one thing wrong is one sentence', () => {
  const strategies = (...list: ModuleSpace['settings']['strategies']) => ({ strategies: list })
  const votes = (params: Record<string, unknown>, network?: string) => ({
    ...{ name: 'erc20-votes', params },
    ...(network && { network }),
  })
  const wanted = `the delegated votes of the token ${token} (strategy erc20-votes)`

  test.each<[string, Partial<ReadModule>, Partial<ModuleSpace['settings']>, string]>([
    [
      'foreign code',
      { isGenuine: false },
      {},
      `The code of ${module} is not the tally module that is known here: nobody can say what it would do.`,
    ],
    [
      'not enabled',
      { isEnabled: false },
      {},
      `The module ${module} is not enabled on its Safe ${safe}: the Safe's owners can enable it.`,
    ],
    [
      'no treasury',
      {},
      { treasuries: [{ name: 'Safe', address: safe, network: '1' }] },
      `The module's Safe ${safe} on chain 10 is not a treasury of this space: an admin can add it in its settings.`,
    ],
    [
      'another space',
      { config: { ...config, space: 'Demo' } },
      {},
      `The module settles proposals of the space "Demo", and this is "demo": its Safe can change the module's config.`,
    ],
    [
      'another chain of the space',
      {},
      { network: '1', strategies: [votes({ address: token }, '10')] },
      'The module is on chain 10, and the space reads voting power at blocks of chain 1.',
    ],
    [
      'an unknown power source',
      { source: { kind: 'unknown' } },
      {},
      `The module takes voting power from ${source}, which is not a power source that is known here.`,
    ],
    [
      'several strategies',
      {},
      strategies(votes({ address: token }), { name: 'ticket' }),
      `The space adds up 2 strategies; the module counts one: ${wanted}.`,
    ],
    [
      'another strategy',
      {},
      strategies({ name: 'erc20-balance-of', params: { address: token } }),
      `The space counts votes by the strategy erc20-balance-of; the module counts ${wanted}.`,
    ],
    [
      'another token',
      {},
      strategies(votes({ address: other })),
      `The space counts votes by the token ${other}; the module counts ${wanted}.`,
    ],
    [
      'a token elsewhere',
      {},
      strategies(votes({ address: token }, '1')),
      `The space reads the token ${token} on chain 1, the module on chain 10.`,
    ],
    [
      'more decimals than ours',
      {},
      strategies(votes({ address: token, decimals: 19 })),
      "The space gives the token 19 decimals; a module's votes can be counted exactly up to 18.",
    ],
    [
      'another voting type',
      {},
      { voting: { type: 'approval' } },
      'The space fixes the voting type approval; a module counts basic votes, For, Against and Abstain.',
    ],
    [
      'too short a period',
      {},
      { voting: { period: 3599 } },
      'The space fixes a voting period of 3599 seconds; the module asks for at least 3600.',
    ],
    [
      'no time to register',
      {},
      { voting: { period: 3600, delay: 14 } },
      "The space's voting delay of 14 seconds leaves 14 seconds in which the module takes a proposal: an admin can set none, or a longer one.",
    ],
    [
      'no time to register, by the module',
      { config: { ...config, maxBackdate: 4 } },
      { voting: { delay: 10 } },
      "The space's voting delay of 10 seconds leaves 14 seconds in which the module takes a proposal: an admin can set none, or a longer one.",
    ],
    [
      'shielded votes',
      {},
      { voting: { privacy: 'shutter' } },
      'The space shields votes; a module counts open ones.',
    ],
  ])('%s', (_, change, changed, sentence) => {
    expect(found(change, changed)).toEqual([sentence])
  })

  test('what is wrong together is told together', () => {
    expect(found({ isEnabled: false }, { treasuries: [] }, 'other')).toHaveLength(3)
  })
})
