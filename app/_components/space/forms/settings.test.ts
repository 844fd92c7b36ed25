import { describe, expect, test } from 'vitest'
import type { SpaceSettings } from '../../../../lib/core/messages/settings'
import { proposerCondition, withProposerCondition, withVoterCondition } from './conditions'
import { describeChanges } from './describe-changes'
import { brokenParams, readParams, splitParams } from './read-params'
import { readWeights } from './read-weights'
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
    ['Source 1: the token address is missing', { strategies: [{ name: 'erc20-votes', params: {} }] }],
    ['Source 1: the list of people is empty', { strategies: [{ name: 'whitelist', params: {} }] }],
    [
      'Source 1: “0x123” is not an address',
      { strategies: [{ name: 'whitelist', params: { addresses: [token, '0x123', 'zzz'] } }] },
    ],
    [
      'Source 1: the parameters are not readable JSON',
      { strategies: [{ name: 'whitelist', params: brokenParams({ addresses: [token] }, '{') }] },
    ],
    [
      'The condition on voters: the parameters are not readable JSON',
      { voteValidation: { name: 'arbitrum', params: brokenParams({}, '{') } },
    ],
    [
      'Source 1, part 2: the list of people is empty',
      {
        strategies: [
          {
            name: 'delegation',
            params: {
              delegationSpace: 'gardeners',
              strategies: [{ name: 'ticket' }, { name: 'whitelist-weighted', params: { addresses: {} } }],
            },
          },
        ],
      },
    ],
    ['Voting, quorum', { voting: { quorum: Number.NaN } }],
  ])('%s', (problem, part) => {
    expect(settingsProblems({ ...settings, ...part })).toEqual([expect.stringContaining(problem)])
  })
})

describe('conditions on people', () => {
  const conditions: SpaceSettings['validation'][] = [
    { name: 'any' },
    { name: 'basic', params: { minScore: 5 } },
    { name: 'passport-gated', params: { scoreThreshold: 20, stamps: [], operator: 'NONE' } },
  ]
  test.each(conditions)(
    '%j is read back from the settings that hold it, and changes nothing else',
    (condition) => {
      if (!condition) return
      const old = { ...settings, filters: { minScore: 3, onlyMembers: true, defaultTab: 'core' } }
      const next = withProposerCondition(old, condition)
      expect(proposerCondition(next)).toEqual(condition)
      expect(next.filters).toEqual({ defaultTab: 'core' })
      expect({ ...next, filters: old.filters, validation: undefined }).toEqual({
        ...old,
        validation: undefined,
      })
      expect(withVoterCondition(withVoterCondition(settings, condition), { name: 'any' })).toEqual(settings)
    },
  )

  test('a least score among the filters is a condition, as old settings say it', () => {
    expect(proposerCondition({ ...settings, filters: { minScore: 3 } })).toEqual({
      name: 'basic',
      params: { minScore: 3 },
    })
  })
})

describe('readParams', () => {
  const schema = { type: 'object', properties: { address: { type: 'string' } }, required: ['address'] }
  test.each<[string, boolean, string | null]>([
    ['{"address":"0x1"}', true, null],
    ['{"address":1}', true, 'address'],
    ['{}', true, 'address'],
    ['[]', false, 'in braces'],
    ['{', false, 'not JSON yet'],
  ])('%s', (text, isReadable, problem) => {
    const read = readParams(text, schema)
    expect(read.params !== null).toBe(isReadable)
    expect(read.problem).toEqual(problem === null ? null : expect.stringContaining(problem))
  })
})

test('parameters that are broken keep what was readable last, and their text', () => {
  const broken = brokenParams({ address: token }, '{"address":')
  expect(splitParams(broken)).toEqual({ params: { address: token }, broken: '{"address":' })
  expect(splitParams(JSON.parse(JSON.stringify(broken)))).toEqual(splitParams(broken))
  expect(splitParams({ address: token })).toEqual({ params: { address: token }, broken: null })
})

describe('readWeights', () => {
  test('reads an address and a number a line, however they are set apart', () => {
    expect(readWeights(`${token} 3\n\n${token.toLowerCase()}, 0.5`)).toEqual({
      weights: { [token]: 3, [token.toLowerCase()]: 0.5 },
      wrong: null,
    })
  })

  test.each(['0x12 3', token, `${token} -1`, `${token} 1 2`, `${token} many`])('does not take %s', (line) => {
    expect(readWeights(line)).toEqual({ weights: { [line]: Number.NaN }, wrong: line })
    const strategies = [{ name: 'whitelist-weighted', params: { addresses: readWeights(line).weights } }]
    expect(settingsProblems({ ...settings, strategies })).toHaveLength(1)
  })
})

describe('describeChanges', () => {
  const called = {
    sourceName: (id: string) => (id === 'whitelist' ? 'List of addresses' : id),
    chainName: (id: number) => (id === 31337 ? 'Local chain' : `chain ${id}`),
  }

  test('nothing changed is nothing to sign', () => {
    expect(describeChanges(settings, { ...settings, about: '', members: [] }, called)).toEqual([])
  })

  test('says before and after in words', () => {
    const after: SpaceSettings = {
      ...settings,
      voting: { quorum: 50_000, period: 259_200 },
      members: [token],
    }
    expect(describeChanges(settings, after, called)).toEqual([
      { field: 'Quorum', before: '40,000', after: '50,000' },
      { field: 'Period', before: 'not set', after: '3 days' },
      { field: 'Members', before: 'not set', after: token },
    ])
  })

  test('calls sources and chains by their names, also inside of a source', () => {
    const people = { name: 'whitelist', network: '31337', params: { addresses: [token] } }
    const strategies = [people, { name: 'multichain', network: '1', params: { strategies: [people] } }]
    const [chain, sources] = describeChanges(settings, { ...settings, network: '1', strategies }, called)
    expect(chain).toEqual({ field: 'Chain', before: 'Local chain', after: 'chain 1' })
    expect(sources?.after).toBe(
      `List of addresses · ${token} · Local chain\nmultichain · List of addresses · ${token} · Local chain · chain 1`,
    )
  })

  test('signing what was cleaned keeps every setting that is set', () => {
    expect(clean(settings)).toEqual(settings)
  })
})
