import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Definition, definitions, type MessageKind } from '../../core/messages/definitions'
import type { FieldValue } from '../../core/messages/normalise-value'
import { setOption } from '../../services/options/set-option'
import { accounts } from '../../testing/accounts'
import {
  type SignedEnvelope,
  signCancel,
  signKind,
  signProposal,
  signSettings,
  signVote,
} from '../../testing/factories'
import { createTestWorld, type TestWorld } from '../../testing/world'
import { expectRefusal } from '../expect-refusal.suite'

const { Ada, Ben, Chloe, Dan } = accounts
let world: TestWorld
beforeAll(async () => {
  world = await createTestWorld()
  await openSpace('test')
})
afterAll(() => world?.close())

async function openSpace(space: string, settings = {}) {
  await take(
    signSettings(Ada, { space, settings: { admins: [Ada.address], ...settings }, timestamp: world.now() }),
  )
  return space
}

async function take(envelope: Promise<SignedEnvelope>) {
  return world.ingest.ingest(await envelope)
}

type Values = Readonly<Record<string, FieldValue>>

/** Each message a second after the last: no two have one id. */
function sign(who: typeof Ada, kind: MessageKind, values: Values = {}, definition?: Definition) {
  world.clock.advance(1)
  return signKind(who, kind, { network: 's', timestamp: world.now(), ...values }, definition)
}

const send = (...message: Parameters<typeof sign>) => take(sign(...message))
const followersOf = async (id: string) =>
  (await world.ctx.db.prisma.space.findUniqueOrThrow({ where: { id } })).followerCount

describe('following', () => {
  test('is counted in its space, and ends', async () => {
    const { id } = await send(Ben, 'follow')
    const created = BigInt(world.now())
    expect(await world.ctx.db.prisma.follow.findMany()).toEqual([
      { follower: Ben.address, spaceId: 'test', network: 's', id, created },
    ])
    expect(await followersOf('test')).toBe(1)
    await expectRefusal(world, await sign(Ben, 'follow'), 'you are already following this space')
    await expectRefusal(
      world,
      await sign(Ben, 'follow', { network: '' }),
      'you are already following this space',
    )
    await send(Ben, 'unfollow', { network: 's-tn' })
    expect(await followersOf('test')).toBe(0)
    await expectRefusal(world, await sign(Ben, 'unfollow'), 'you can only unfollow a space you follow')
    await send(Ben, 'follow', { network: 's-tn' })
    expect(await followersOf('test')).toBe(1)
    await send(Ben, 'unfollow')
  })

  test('one after the other in one batch is taken once', async () => {
    const outcomes = await Promise.allSettled([send(Chloe, 'follow'), send(Chloe, 'follow')])
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(await followersOf('test')).toBe(1)
    await send(Chloe, 'unfollow')
  })

  test('ends at the limit', async () => {
    await openSpace('second')
    await setOption(world.ctx, 'user.default.follow_limit', '1')
    await send(Ben, 'follow')
    await expectRefusal(world, await sign(Ben, 'follow', { space: 'second' }), 'you can join max 1 spaces')
    await setOption(world.ctx, 'user.default.follow_limit', '500')
    await send(Ben, 'follow', { space: 'second' })
    await send(Ben, 'unfollow')
    await send(Ben, 'unfollow', { space: 'second' })
  })
})

describe('subscriptions', () => {
  test('begin once, and end as often as anybody likes', async () => {
    const { id } = await send(Ben, 'subscribe')
    expect(await world.ctx.db.prisma.subscription.findMany()).toMatchObject([{ id, address: Ben.address }])
    await expectRefusal(world, await sign(Ben, 'subscribe'), 'duplicate message')
    await send(Ben, 'unsubscribe')
    await send(Ben, 'unsubscribe')
    expect(await world.ctx.db.prisma.subscription.count()).toBe(0)
  })
})

describe('what somebody says', () => {
  test('of himself is replaced as a whole, in the order it was signed', async () => {
    const early = await sign(Ben, 'profile', { profile: '{"name":"Held back"}' })
    await send(Ben, 'profile', { profile: '{"name":"Ben","about":"Votes."}' })
    const { id } = await send(Ben, 'profile', { profile: '{"name":"Benjamin"}' })
    const row = await world.ctx.db.prisma.profile.findUniqueOrThrow({ where: { address: Ben.address } })
    expect(row).toEqual({
      address: Ben.address,
      id,
      profile: { name: 'Benjamin' },
      created: BigInt(world.now()),
    })
    await expectRefusal(world, early, 'profile already updated at later time')
  })

  test('to a space is replaced, in the order it was signed', async () => {
    const statement = { about: 'Me', statement: 'I count.', discourse: '', status: 'ACTIVE' }
    const early = await sign(Ben, 'statement', statement)
    await send(Ben, 'statement', statement)
    const created = BigInt(world.now())
    const { id } = await send(Ben, 'statement', { ...statement, about: 'Still me', status: 'INACTIVE' })
    expect(await world.ctx.db.prisma.statement.findMany()).toEqual([
      {
        ...{
          delegate: Ben.address,
          spaceId: 'test',
          network: 's',
          id,
          about: 'Still me',
          statement: 'I count.',
        },
        ...{ discourse: '', status: 'INACTIVE', created, updated: BigInt(world.now()) },
      },
    ])
    await expectRefusal(world, early, 'statement already updated at later time')
  })
})

const statement = { about: '', statement: '', discourse: '', status: 'ACTIVE' }

test.each<[string, MessageKind, Values]>([
  ['unknown space', 'follow', { space: 'nowhere' }],
  ['unknown space', 'unfollow', { space: 'nowhere' }],
  ['unknown space', 'subscribe', { space: 'nowhere' }],
  ['unknown space', 'unsubscribe', { space: 'nowhere' }],
  ['unknown space', 'statement', { ...statement, space: 'nowhere' }],
  ['unknown space', 'flag-proposal', { space: 'nowhere', proposal: 'x' }],
  ...[
    'eth',
    'arb1',
    'oeth',
    'sn',
    'base',
    'mnt',
    'ape',
    'sep',
    'curtis',
    'linea-testnet',
    'sn-sep',
    'x',
  ].flatMap((network): [string, MessageKind, Values][] => [
    [`network ${network} is not allowed`, 'follow', { network }],
    [`network ${network} is not allowed`, 'unfollow', { network }],
    [`network ${network} is not allowed`, 'statement', { ...statement, network }],
  ]),
  ['wrong profile format', 'profile', { profile: '{"name":5}' }],
  ['wrong statement format', 'statement', { ...statement, status: 'active' }],
])('%s (%s %s)', async (reason, kind, values) => {
  await expectRefusal(world, await sign(Dan, kind, values), reason)
})

/** Sent again years later, these would do harm. */
const undatedRefusals: Readonly<Partial<Record<MessageKind, string>>> = {
  'delete-space': 'Deleting a space cannot be undone: sign it with its time (DeleteSpace with a timestamp).',
  alias: 'A link without a time would be good for ever: sign it with its time (Alias with a timestamp).',
}

describe('every accepted definition', () => {
  const isStarknet = ({ types }: Definition) => 'StarkNetDomain' in types
  const isDated = ({ fields }: Definition) => fields.some(({ name }) => name === 'timestamp')
  let serial = 0

  /** What there must be before a message of the kind can be taken, and what the message says then. */
  const prepare: Partial<Record<MessageKind, (space: string) => Promise<Values>>> = {
    settings: async () => ({
      settings: JSON.stringify({ name: 'S', network: '31337', strategies: [{ name: 'ticket', params: {} }] }),
    }),
    proposal: async () => ({ ...textOf('basic'), ...windowOf(0), snapshot: 1 }),
    'update-proposal': async (space) => ({ ...textOf('basic'), proposal: await propose(space, 'basic', 60) }),
    'delete-proposal': async (space) => ({ proposal: await propose(space, 'basic') }),
    'flag-proposal': async (space) => ({ proposal: await propose(space, 'basic') }),
    vote: async (space) => ({ proposal: await propose(space, 'basic'), choice: 1 }),
    'vote-array': async (space) => ({ proposal: await propose(space, 'approval'), choice: [1, 2] }),
    'vote-string': async (space) => ({ proposal: await propose(space, 'weighted'), choice: '{"1":1}' }),
    unfollow: (space) => precede(space, 'follow'),
    unsubscribe: (space) => precede(space, 'subscribe'),
    alias: async () => ({ alias: Dan.address }),
    'revoke-alias': async (space) => precede(space, 'alias', { alias: Chloe.address }),
    profile: async () => ({ profile: '{"name":"Ada"}' }),
    statement: async () => ({ about: 'Me', statement: 'I.', discourse: '', status: 'ACTIVE' }),
  }
  const windowOf = (wait: number) => ({ start: world.now() + wait, end: world.now() + wait + 3600 })
  const textOf = (type: string) => ({
    ...{
      type,
      title: 'T',
      body: 'B',
      discussion: '',
      choices: ['For', 'Against'],
      labels: [],
      plugins: '{}',
    },
    ...{ privacy: '', app: '', network: '31337', strategies: '[]' },
  })
  const propose = async (space: string, type: string, wait = 0) =>
    (await take(signProposal(Ada, { space, type, timestamp: world.now(), ...windowOf(wait) }))).id
  const precede = async (space: string, kind: MessageKind, values: Values = {}) => {
    await send(Ada, kind, { space, ...values })
    return values
  }

  test.each(
    definitions
      .filter((definition) => !isStarknet(definition))
      .map(
        (definition) =>
          [
            `${definition.primaryType}(${definition.fields.map(({ type, name }) => `${type} ${name}`).join()})`,
            definition,
          ] as const,
      ),
  )('%s', async (_, definition) => {
    const { kind } = definition
    const space = `space-${++serial}`
    if (kind !== 'settings') await openSpace(space)
    const said = await prepare[kind]?.(space)
    const rest = { reason: 'Because', app: 'x', metadata: '{}' }
    const envelope = await sign(Ada, kind, { ...rest, ...said, space }, definition)
    const needsTime = undatedRefusals[kind]
    if (needsTime && !isDated(definition)) return expectRefusal(world, envelope, needsTime)
    world.clock.advance(3)
    const { id } = await world.ingest.ingest(envelope)
    const row = await world.ctx.db.prisma.message.findUniqueOrThrow({ where: { id } })
    expect(row).toMatchObject({ kind, author: Ada.address })
    // Where no time is signed, that of acceptance stands, not the one that was carried beside.
    expect(Number(row.timestamp)).toBe(isDated(definition) ? world.now() - 3 : world.now())
    expect(JSON.parse(row.envelope).data.types).toEqual(definition.types)
  })

  test.each(definitions.filter(isStarknet).map((definition) => [definition.types] as const))(
    'of Starknet is refused: %j',
    async (types) => {
      const { data, ...rest } = await sign(Ada, 'alias', { alias: Dan.address })
      const domain = { name: 'sx-starknet', version: '0.1.0', chainId: '0x534e5f4d41494e' }
      const refusal = 'Starknet signatures are not supported here: sign with an Ethereum account.'
      await expectRefusal(world, { ...rest, data: { ...data, domain, types } }, refusal)
      const felt = `0x${'0'.repeat(62)}12`
      await expectRefusal(world, { ...rest, address: felt, data: { ...data, domain, types } }, refusal)
    },
  )
})

test('counters equal a recount, whatever people do', async () => {
  const people = [Ben, Chloe, Dan]
  const space = await openSpace('counted', { moderators: [Ben.address] })
  const act = fc.record({
    who: fc.constantFrom(...people),
    what: fc.constantFrom('follow', 'unfollow', 'propose', 'vote', 'withdraw', 'vote'),
    which: fc.nat(3),
  })
  const proposals: string[] = []
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 8, maxLength: 16 }), async (acts) => {
      for (const { who, what, which } of acts) {
        world.clock.advance(1)
        const timestamp = world.now()
        const proposal = proposals.at(-1 - which) ?? `0x${'00'.repeat(32)}`
        const message =
          what === 'propose'
            ? signProposal(who, { space, timestamp })
            : what === 'vote'
              ? signVote(who, { space, proposal, timestamp })
              : what === 'withdraw'
                ? signCancel(who, { space, proposal, timestamp })
                : signKind(who, what as MessageKind, { space, network: 's', timestamp })
        // Much of it is refused, and then counts for nothing.
        const view = await take(message).catch(() => undefined)
        if (view && what === 'propose') proposals.push(view.id)
      }
      const { rows } = await world.ctx.db.query(
        `select
           (select jsonb_agg(jsonb_build_array(address, proposal_count, vote_count, last_vote) order by address)
            from participations where space_id = $1 and proposal_count + vote_count > 0) as kept,
           (select jsonb_agg(jsonb_build_array(address, proposals, votes, last) order by address) from (
              select address, count(distinct proposal) filter (where what = 'proposal' and hidden_at is null) as proposals,
                count(distinct proposal) filter (where what = 'vote') as votes, max(timestamp) filter (where what = 'vote') as last
              from (
                select author as address, 'proposal' as what, id as proposal, null::bigint as timestamp, hidden_at
                from proposals where space_id = $1
                union all
                select m.author, 'vote', m.proposal, m.timestamp, null from messages m
                where m.space = $1 and m.kind = 'vote'
              ) done group by address
            ) counted where proposals + votes > 0) as counted,
           (select jsonb_build_array(follower_count, proposal_count, vote_count) from spaces where id = $1) as space,
           (select jsonb_build_array(
              (select sum(case kind when 'follow' then 1 else -1 end) from messages
               where space = $1 and kind in ('follow', 'unfollow')),
              (select count(*) from proposals where space_id = $1 and hidden_at is null),
              (select count(distinct (author, proposal)) from messages where space = $1 and kind = 'vote'))) as recounted`,
        [space],
      )
      const [{ kept, counted, space: own, recounted }] = rows as [Record<string, unknown>]
      expect(kept).toEqual(counted)
      expect(own).toEqual((recounted as (number | null)[]).map((value) => value ?? 0))
    }),
    { numRuns: 8 },
  )
})
