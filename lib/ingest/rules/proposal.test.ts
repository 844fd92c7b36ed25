import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { SpaceSettings } from '../../core/messages/settings'
import { executionHash, parseBatch } from '../../core/settlement/batch'
import { buildPlugins } from '../../core/settlement/plugins'
import type { HexString } from '../../core/views/hex-string'
import { storeExecution } from '../../db/execution/store-execution'
import { setOption } from '../../services/options/set-option'
import { accounts } from '../../testing/accounts'
import { startTestChain } from '../../testing/chain'
import { signProposal, signSettings } from '../../testing/factories'
import { createTestWorld, type TestWorld } from '../../testing/world'
import { expectRefusal } from '../expect-refusal.suite'
import { createIngest } from '../ingest'

const { Ada, Ben, Chloe } = accounts
/** What the operator set, so that it is soon reached. */
const limits = { bodyCharacters: 500, choices: 25, perDay: 6, perMonth: 20, openPerAuthor: 8 }
let world: TestWorld
let space: string
let count = 0

beforeAll(async () => {
  world = await createTestWorld()
  for (const [name, value] of [
    ['body_limit', limits.bodyCharacters],
    ['choices_limit', limits.choices],
    ['proposal_limit_per_day', limits.perDay],
    ['proposal_limit_per_month', limits.perMonth],
  ])
    await setOption(world.ctx, `space.default.${name}`, String(value))
  await setOption(world.ctx, 'space.active_proposal_limit_per_author', String(limits.openPerAuthor))
})
afterAll(() => world.close())

beforeEach(() => {
  space = `space-${++count}`
})

async function createSpace(settings: Partial<SpaceSettings> = {}): Promise<void> {
  world.clock.advance(1)
  await world.ingest.ingest(await signSettings(Ada, { space, settings, timestamp: world.now() }))
}

function proposalBy(who: typeof Ada, message: Partial<Parameters<typeof signProposal>[1]> = {}) {
  return signProposal(who, { space, timestamp: world.now(), ...message })
}

test('what decides a proposal is frozen into it', async () => {
  const strategies = [
    { name: 'whitelist', params: { addresses: [Ada.address] } },
    { name: 'ticket', params: { value: 2 } },
  ]
  await createSpace({ strategies, symbol: 'GOV', voting: { quorum: 2.5, hideAbstain: true } })
  const { id } = await world.ingest.ingest(
    await proposalBy(Ada, {
      title: 'T',
      body: 'B',
      discussion: 'https://x.org',
      app: 'test',
      labels: ['a'],
      snapshot: 3,
    }),
  )
  await createSpace({ symbol: 'NEW' })
  const block = await world.chain.client.getBlock({ blockNumber: 3n })
  expect(await world.ctx.db.prisma.proposal.findUnique({ where: { id } })).toMatchObject({
    id,
    definedBy: id,
    spaceId: space,
    author: Ada.address,
    title: 'T',
    body: 'B',
    discussion: 'https://x.org',
    type: 'basic',
    choices: ['For', 'Against', 'Abstain'],
    labels: ['a'],
    app: 'test',
    privacy: '',
    network: '31337',
    snapshot: 3n,
    snapshotHash: block.hash,
    snapshotTime: block.timestamp,
    symbol: 'GOV',
    strategies: [
      { id: 'whitelist', version: 1, network: '31337', params: { addresses: [Ada.address] } },
      { id: 'ticket', version: 1, network: '31337', params: { value: 2 } },
    ],
    rule: { kind: 'majority', quorum: { required: '2500000000000000000', counted: [1, 2] } },
    executionHash: null,
    voteCount: 0,
  })
})

test('its opening and closing are queued with it', async () => {
  await createSpace()
  const start = world.now() + 50
  const { id } = await world.ingest.ingest(await proposalBy(Ada, { start, end: start + 60 }))
  const { rows } = await world.ctx.db.query(
    `select task_identifier as task, extract(epoch from run_at)::bigint as at, key
     from graphile_worker.jobs where key like '%' || $1 order by run_at`,
    [id],
  )
  expect(rows).toEqual([
    { task: 'open-proposal', at: String(start), key: `open-proposal:${id}` },
    { task: 'close-proposal', at: String(start + 61), key: `close-proposal:${id}` },
  ])
})

test.each<[string, Partial<SpaceSettings>, () => Partial<Parameters<typeof signProposal>[1]>, string]>([
  ['no title', {}, () => ({ title: '' }), 'wrong proposal format'],
  ['no choices', {}, () => ({ choices: [] }), 'wrong proposal format'],
  ['a type that is not there', {}, () => ({ type: 'quadratic-choice' }), 'wrong proposal format'],
  ['a label with a blank', {}, () => ({ labels: ['a b'] }), 'wrong proposal format'],
  ['an end in the past', {}, () => ({ end: world.now() }), 'proposal end date must be in the future'],
  [
    'an end before its start',
    {},
    () => ({ start: world.now() + 20, end: world.now() + 20 }),
    'proposal end date must be after its start date',
  ],
  ['one choice of basic', {}, () => ({ choices: ['Yes'] }), 'wrong choices for basic type voting'],
  [
    'four choices of basic',
    {},
    () => ({ choices: ['A', 'B', 'C', 'D'] }),
    'wrong choices for basic type voting',
  ],
  ['a wrong delay', { voting: { delay: 60 } }, () => ({ start: world.now() + 61 }), 'invalid voting delay'],
  ['a wrong period', { voting: { period: 60 } }, () => ({ end: world.now() + 61 }), 'invalid voting period'],
  ['a wrong type', { voting: { type: 'approval' } }, () => ({}), 'invalid voting type'],
  [
    'privacy against the space',
    { voting: { privacy: '' } },
    () => ({ privacy: 'shutter' }),
    'not allowed to set privacy',
  ],
  ['privacy that is not there', {}, () => ({ privacy: 'shutter' }), 'shielded voting is not available'],
  ['a block that is not mined', {}, () => ({ snapshot: 1_000_000 }), 'invalid snapshot block'],
  [
    'too long a body',
    {},
    () => ({ body: 'x'.repeat(limits.bodyCharacters + 1) }),
    'proposal body length can not exceed 500 characters',
  ],
  [
    'too many choices',
    {},
    () => ({ type: 'approval', choices: Array.from({ length: 26 }, (_, i) => `Option ${i}`) }),
    'number of choices can not exceed 25',
  ],
  [
    'too many duels',
    {},
    () => ({ type: 'copeland', choices: Array.from({ length: 21 }, (_, i) => `Option ${i}`) }),
    'number of choices can not exceed 20',
  ],
  [
    'too long a ranking',
    {},
    () => ({ type: 'ranked-choice', choices: Array.from({ length: 21 }, (_, i) => `Option ${i}`) }),
    'number of choices can not exceed 20',
  ],
  ['a space that is not there', {}, () => ({ space: 'nowhere' }), 'unknown space'],
])('refuses %s', async (_, settings, message, words) => {
  await createSpace(settings)
  await expectRefusal(world, await proposalBy(Ada, message()), words)
})

test('what the space prescribes is taken', async () => {
  await createSpace({ voting: { delay: 60, period: 600, type: 'approval', privacy: '' } })
  const start = world.now() + 60
  await world.ingest.ingest(
    await proposalBy(Ada, { start, end: start + 600, type: 'approval', choices: ['A', 'B', 'C', 'D'] }),
  )
})

describe('who may propose', () => {
  const members = [Chloe.address]

  test('only members, where the space says so', async () => {
    await createSpace({ members, filters: { onlyMembers: true } })
    await expectRefusal(world, await proposalBy(Ben), 'only space authors can propose')
    await world.ingest.ingest(await proposalBy(Chloe))
  })

  test('whoever has enough power now, and members without', async () => {
    const strategies = [{ name: 'whitelist', params: { addresses: [Ben.address] } }]
    await createSpace({ strategies, members, validation: { name: 'basic', params: { minScore: 1 } } })
    await world.ingest.ingest(await proposalBy(Ben))
    await world.ingest.ingest(await proposalBy(Chloe))
    await expectRefusal(world, await proposalBy(accounts.Dan), 'validation failed')
  })

  test('the threshold may be counted by other strategies, and by filters', async () => {
    const strategies = [{ name: 'whitelist', params: { addresses: [Ben.address] } }]
    await createSpace({ filters: { minScore: 0.5 }, validation: { name: 'basic', params: { strategies } } })
    await world.ingest.ingest(await proposalBy(Ben))
    await expectRefusal(world, await proposalBy(Chloe), 'validation failed')
  })

  test('anybody, where the validation is `any`', async () => {
    await createSpace({ filters: { minScore: 1_000_000 }, validation: { name: 'any' } })
    await world.ingest.ingest(await proposalBy(Ben))
  })
})

describe('how many', () => {
  test('a space may make in a day and in a month', async () => {
    await createSpace()
    await world.ingest.ingest(await proposalBy(Ada))
    const copy = (number: number, ago: string) =>
      world.ctx.db.query(
        `insert into proposals select (jsonb_populate_record(proposal, jsonb_build_object(
           'id', 'copy-' || n || $3, 'log_index', -n - (random() * 1e12)::bigint, 'created_at', proposal.created_at - $3::interval))).*
         from proposals proposal, generate_series(1, $2) n where space_id = $1 and id not like 'copy%'`,
        [space, number, ago],
      )
    await copy(limits.perDay - 1, '1 hour')
    await expectRefusal(world, await proposalBy(Chloe), 'proposal limit reached')
    await world.ctx.db.query(`delete from proposals where space_id = $1 and id like 'copy%'`, [space])
    await copy(limits.perMonth - 2, '25 days')
    await world.ingest.ingest(await proposalBy(Chloe))
    await expectRefusal(world, await proposalBy(Ben), 'proposal limit reached')
    await createSpace({ members: [Ben.address] })
    await world.ingest.ingest(await proposalBy(Ben))
    await expectRefusal(world, await proposalBy(Chloe, { title: 'Again' }), 'proposal limit reached')
    await world.ctx.db.query(`delete from proposals where id like 'copy%'`)
  })

  test('an author may have open, unless he is a member', async () => {
    const day = 'space.default.proposal_limit_per_day'
    await setOption(world.ctx, day, '100')
    await createSpace({ members: [Ada.address] })
    const { Grace } = accounts
    for (let i = 0; i < limits.openPerAuthor; i++) {
      await world.ingest.ingest(await proposalBy(Grace, { title: `Number ${i}` }))
    }
    await expectRefusal(world, await proposalBy(Grace), 'active proposal limit reached for author')
    await createSpace({ members: [Grace.address] })
    await world.ingest.ingest(await proposalBy(Grace))
  })

  test('an author may have open, also when all come at once', async () => {
    await createSpace()
    const envelopes = await Promise.all(
      Array.from({ length: limits.openPerAuthor + 4 }, (_, i) =>
        proposalBy(accounts.Hugo, { title: `Number ${i}` }),
      ),
    )
    const outcomes = await Promise.allSettled(envelopes.map((envelope) => world.ingest.ingest(envelope)))
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected')
    expect(refused.map(({ reason }) => reason.message)).toEqual(
      Array.from({ length: 4 }, () => 'active proposal limit reached for author'),
    )
  })
})

describe('while the chain is down', () => {
  test('is not taken, in words that tell clients to try again', async () => {
    await createSpace({ validation: { name: 'basic', params: { minScore: 1 } }, members: [Ada.address] })
    const stopped = await startTestChain()
    await stopped.stop()
    const ctx = world.ctx.another({ rpcUrls: { 31337: stopped.rpcUrl } })
    const cutOff = { ...world, ingest: createIngest(ctx) }
    const { chain_unavailable: code } = { chain_unavailable: 'chain_unavailable' } as const
    await expectRefusal(cutOff, await proposalBy(Ben), 'failed to check validation', code)
    await expectRefusal(cutOff, await proposalBy(Ada), 'unable to fetch block', code)
  })

  test('settings that this server could not accept any more are named', async () => {
    await createSpace()
    const ctx = world.ctx.another({ rpcUrls: { 10: world.chain.rpcUrl } })
    const other = { ...world, ingest: createIngest(ctx) }
    await expectRefusal(other, await proposalBy(Ada), 'invalid space settings: network not allowed')
  })
})

describe('with an execution', () => {
  const safe = Chloe.address
  const treasuries = [{ name: 'Safe', address: safe as HexString, network: '31337' }]
  const calls = parseBatch([{ to: Ben.address, value: '1', data: '0x' }])
  const hash = executionHash({ chainId: 31337, verifyingContract: safe, calls })
  const plugins = buildPlugins({ chainId: 31337, safe, executionHash: hash })

  const store = (chainId = 31337, verifier: string = safe) =>
    storeExecution(world.ctx.db, { hash, chainId, verifier, safe: null, calls: [], createdAt: new Date() })

  test('it names a stored batch of a Safe of the space', async () => {
    await createSpace({ treasuries })
    await store()
    const { id } = await world.ingest.ingest(await proposalBy(Ada, { plugins }))
    const row = await world.ctx.db.prisma.proposal.findUniqueOrThrow({ where: { id } })
    expect(row.executionHash).toBe(hash)
    expect(row.plugins).toEqual(JSON.parse(plugins))
  })

  test('other plugins do nothing', async () => {
    await createSpace()
    const { id } = await world.ingest.ingest(await proposalBy(Ada, { plugins: '{"quorum":{"total":5}}' }))
    const row = await world.ctx.db.prisma.proposal.findUniqueOrThrow({ where: { id } })
    expect(row).toMatchObject({ executionHash: null, plugins: { quorum: { total: 5 } } })
  })

  test('a vote that does not end in For or Against decides nothing', async () => {
    await createSpace({ treasuries })
    const words =
      'A proposal with an execution must be of type basic with the choices For, Against and Abstain.'
    await expectRefusal(world, await proposalBy(Ada, { plugins, type: 'single-choice' }), words)
    await expectRefusal(world, await proposalBy(Ada, { plugins, choices: ['For', 'Against'] }), words)
  })

  test('a Safe that is not the space’s is not asked', async () => {
    const words = `The Safe ${safe} on chain 31337 is not a treasury of this space: an admin can add it in its settings.`
    await createSpace()
    await expectRefusal(world, await proposalBy(Ada, { plugins }), words)
    await createSpace({ treasuries: [{ name: 'Safe', address: safe, network: '10' }] })
    await expectRefusal(world, await proposalBy(Ada, { plugins }), words)
  })

  test('a batch must be stored, for this Safe', async () => {
    await createSpace({ treasuries })
    const unknown = buildPlugins({ chainId: 31337, safe, executionHash: `0x${'cd'.repeat(32)}` })
    await expectRefusal(
      world,
      await proposalBy(Ada, { plugins: unknown }),
      'The batch of the execution is not stored for this Safe: send it to /api/executions first.',
    )
  })

  test('a chain that the server does not read cannot be executed on', async () => {
    await createSpace({ treasuries: [{ name: 'Safe', address: safe, network: '10' }] })
    const far = buildPlugins({ chainId: 10, safe, executionHash: hash })
    await expectRefusal(
      world,
      await proposalBy(Ada, { plugins: far }),
      'This server does not read chain 10: choose a Safe on a chain that it does.',
    )
  })

  test('what is not letter for letter our text is refused', async () => {
    await createSpace({ treasuries })
    await store()
    await expectRefusal(
      world,
      await proposalBy(Ada, { plugins: ` ${plugins}` }),
      `plugins must be exactly ${plugins}`,
    )
    const escaped = plugins.replace('comitia', '\\u0063omitia')
    await expectRefusal(
      world,
      await proposalBy(Ada, { plugins: escaped }),
      `plugins must be exactly ${plugins}`,
    )
  })
})
