import snapshot from '@snapshot-labs/snapshot.js'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { AppError } from '../errors'
import { parseSettings } from './settings'

const address = '0x19E7E376E7C213B7E7e7e46cc70A5dD086DAff2A'
const full = {
  name: 'River DAO',
  private: false,
  about: 'Water for all',
  guidelines: 'https://river.example/rules',
  terms: '',
  avatar: 'ipfs://bafkrei',
  website: 'https://river.example',
  location: 'Delta',
  twitter: 'river_dao',
  github: 'river-dao',
  coingecko: 'river',
  farcaster: 'river',
  email: 'a@river.example',
  network: '1',
  symbol: 'RVR',
  skin: 'river',
  domain: 'vote.river.example',
  discussions: 'https://forum.river.example',
  discourseCategory: 3,
  strategies: [{ name: 'erc20-votes', network: '1', params: { address, symbol: 'RVR', decimals: 18 } }],
  admins: [address],
  moderators: [],
  members: [`0x${'0'.repeat(62)}1a`],
  filters: { minScore: 1, onlyMembers: true },
  validation: { name: 'basic', params: { minScore: 1 } },
  voteValidation: { name: 'any' },
  delegationPortal: {
    delegationType: 'compound-governor',
    delegationContract: address,
    delegationNetwork: '1',
    delegationApi: 'https://api.river.example/graph',
  },
  allowAlias: true,
  plugins: { comitia: { rule: {} } },
  voting: { delay: 3600, period: 86400, type: 'basic', quorum: 10.5, quorumType: 'rejection', privacy: '' },
  categories: ['protocol', 'rwa'],
  treasuries: [{ name: 'Main', address, network: '1' }],
  labels: [{ id: 'a1', name: 'Grant', description: 'Money', color: '#1A2B3C' }],
  parent: 'delta.eth',
  children: ['brook.eth'],
  boost: { enabled: true, bribeEnabled: false },
  skinSettings: { bg_color: '#FFFFFF', theme: 'dark', logo: '' },
}

const parse = (settings: unknown, space = 'river-dao') =>
  parseSettings({ from: address, space, timestamp: 1700000000, settings: JSON.stringify(settings) })

const accepts = (settings: unknown) => {
  try {
    parse(settings)
    return true
  } catch (error) {
    expect((error as AppError).message).toBe('wrong space format')
    return false
  }
}

/** Without its error texts: the plugin that reads those does not compile beside another ajv. */
const schema = JSON.parse(
  JSON.stringify(snapshot.schemas.space, (key, value) => (key === 'errorMessage' ? undefined : value)),
)

const snapshotAccepts = (settings: unknown) =>
  snapshot.utils.validateSchema(schema, JSON.parse(JSON.stringify(settings))) === true

it('reads all that Snapshot’s schema has, and changes nothing', () => {
  expect(snapshotAccepts(full)).toBe(true)
  expect(parse(full)).toEqual(full)
})

it('brings addresses to EIP-55', () => {
  const lower = address.toLowerCase()
  const settings = parse({
    ...full,
    admins: [lower],
    treasuries: [{ name: 'Main', address: lower, network: '1' }],
  })
  expect(settings.admins).toEqual([address])
  expect(settings.treasuries?.[0]?.address).toBe(address)
})

it('takes any chain id, for the installation to judge', () => {
  expect(accepts({ ...full, network: '31337' })).toBe(true)
  expect(accepts({ ...full, network: 'mainnet' })).toBe(false)
})

it.each([
  ['discussions', 'javascript:alert(1)'],
  ['discussions', 'data:text/html,x'],
  ['discussions', 'ftp://x.example'],
  ['name', '\u200B\u200B'],
  ['name', ' \u3164 '],
  ['name', 'River\u202EOAD'],
  ['symbol', '\u2066RVR'],
  ['treasuries', [{ name: '\u2060', address, network: '1' }]],
  ['labels', [{ id: 'a1', name: '\uFEFF', color: '#1A2B3C' }]],
])('refuses %s %j, which Snapshot takes', (field, value) => {
  const settings = { ...full, [field]: value }
  expect(snapshotAccepts(settings)).toBe(true)
  expect(accepts(settings)).toBe(false)
})

it.each(['نهر', 'नदी\u200D', '👩\u200D🌾', 'River\u200F'])('takes the name %s', (name) => {
  expect(parse({ ...full, name }).name).toBe(name)
})

it('agrees with Snapshot’s own schema on settings with any one value changed, added or removed', () => {
  const values: fc.Arbitrary<unknown> = fc.constantFrom(
    ...[
      undefined,
      null,
      true,
      '',
      'x',
      'a b',
      '1',
      'https://a.example/b',
      'ipfs://x',
      'ftp://x.example',
      '#1A2B3C',
      '#1a2b3c',
    ],
    ...[
      'any',
      'shutter',
      'rejection',
      'basic',
      'protocol',
      'a.example',
      'https://a.example/',
      'A.example',
      address,
      '🌊'.repeat(16),
    ],
    ...[
      '🌊'.repeat(32),
      '🌊'.repeat(33),
      'x'.repeat(24),
      'x'.repeat(25),
      'x'.repeat(64),
      'x'.repeat(65),
      'x'.repeat(257),
    ],
    ...[
      0,
      -1,
      1,
      1.5,
      2_592_000,
      2_592_001,
      31_622_400,
      31_622_401,
      [],
      {},
      ['x'],
      ['x', 'x'],
      [address, address],
    ],
    ...[
      { name: 'x' },
      { params: {} },
      [{ name: 'x' }],
      [{ name: 'x' }, { name: 'x' }],
      ['protocol', 'meme', 'rwa'],
      [1],
    ],
    ...[Array.from({ length: 17 }, (_, index) => `child-${index}`)],
  )
  type Place = { readonly path: readonly string[]; readonly isNew: boolean }
  const places: Place[] = []
  const collect = (value: unknown, path: readonly string[]) => {
    if (typeof value !== 'object' || value === null) return
    places.push({ path: [...path, 'unknown'], isNew: true })
    for (const [key, inner] of Object.entries(value)) {
      places.push({ path: [...path, key], isNew: false })
      // Beyond these two, keys are free.
      if (key !== 'params' && key !== 'plugins') collect(inner, [...path, key])
    }
  }
  collect(full, [])
  const seen = { accepted: 0, refused: 0 }
  fc.assert(
    fc.property(fc.constantFrom(...places), values, ({ path, isNew }, value) => {
      fc.pre(!(isNew && value === undefined))
      const changed = structuredClone(full)
      const holder = path
        .slice(0, -1)
        .reduce((at: Record<string, unknown>, key) => at[key] as typeof at, changed)
      const key = path.at(-1) as string
      if (Array.isArray(holder) && isNew) holder.push(value)
      else holder[key] = value
      const isOtherUri = (key === 'discussions' || key === 'delegationApi') && !/^https?:/.test(String(value))
      const expected = snapshotAccepts(changed) && !(isOtherUri && value !== undefined)
      seen[expected ? 'accepted' : 'refused'] += 1
      expect(accepts(JSON.parse(JSON.stringify(changed)))).toBe(expected)
    }),
    { numRuns: 3000 },
  )
  expect(seen.accepted).toBeGreaterThan(300)
  expect(seen.refused).toBeGreaterThan(1000)
})

it('says which field is wrong', () => {
  try {
    parse({ ...full, voting: { delay: -1 } })
    expect.unreachable()
  } catch (error) {
    expect((error as AppError).details).toEqual({
      issues: [{ field: 'voting.delay', problem: expect.any(String) }],
    })
  }
})

it('refuses what is no JSON, what cannot be stored, and ids over 64 characters', () => {
  const message = { from: address, space: 'river-dao', timestamp: 1700000000 }
  for (const settings of ['', '{', 'null', '[]', '"x"', '{"name":"\\u0000"}', '{"name":"\\ud800"}']) {
    expect(() => parseSettings({ ...message, settings })).toThrow('wrong space format')
  }
  expect(() => parse(full, `${'x'.repeat(61)}.eth`)).toThrow('id too long')
})
