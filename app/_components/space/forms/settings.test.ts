import { describe, expect, test } from 'vitest'
import type { SpaceSettings } from '../../../../lib/core/messages/settings'
import { describeChanges } from './describe-changes'
import { clean, settingsProblems } from './settings-problems'

const token = '0x5FbDB2315678afecb367f032d93F642f64180aa3'
const settings: SpaceSettings = {
  name: 'Gardeners',
  network: '31337',
  strategies: [{ name: 'erc20-votes', network: '31337', params: { address: token, decimals: 18 } }],
  voting: { quorum: 40_000 },
}

describe('settingsProblems', () => {
  test('sound settings have none, and empty fields do not matter', () => {
    expect(settingsProblems({ ...settings, about: '', website: '', members: [], filters: {} })).toEqual([])
  })

  test.each<[string, Partial<SpaceSettings>]>([
    ['Website: must be empty or start with', { website: 'example.org' }],
    ['Admins, no. 1: must be an Ethereum address', { admins: ['0x12' as `0x${string}`] }],
    [
      'Treasuries, no. 1, name: must have 1 to 64 characters',
      { treasuries: [{ name: '', address: token, network: '31337' }] },
    ],
    ['Source 1: the token’s address is missing', { strategies: [{ name: 'erc20-votes', params: {} }] }],
    ['Source 1: the list of people is empty', { strategies: [{ name: 'whitelist', params: {} }] }],
    ['Voting, quorum', { voting: { quorum: Number.NaN } }],
  ])('%s', (problem, part) => {
    expect(settingsProblems({ ...settings, ...part })).toEqual([expect.stringContaining(problem)])
  })
})

describe('describeChanges', () => {
  test('nothing changed is nothing to sign', () => {
    expect(describeChanges(settings, { ...settings, about: '', members: [] })).toEqual([])
  })

  test('says before and after in words', () => {
    const after: SpaceSettings = {
      ...settings,
      voting: { quorum: 50_000, period: 259_200 },
      members: [token],
    }
    expect(describeChanges(settings, after)).toEqual([
      { field: 'Quorum', before: '40,000', after: '50,000' },
      { field: 'Period', before: 'not set', after: '3 days' },
      { field: 'Members', before: 'not set', after: token },
    ])
  })

  test('signing what was cleaned keeps every setting that is set', () => {
    expect(clean(settings)).toEqual(settings)
  })
})
