import { getAddress } from 'viem'
import { generatePrivateKey, type PrivateKeyAccount, privateKeyToAccount } from 'viem/accounts'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { definitions, type MessageKind } from '../../core/messages/definitions'
import type { FieldValue } from '../../core/messages/normalise-value'
import type { HexString } from '../../core/views/hex-string'
import { findAliases } from '../../db/alias/find-aliases'
import { switchableWalletAbi, switchableWalletBytecode } from '../../testing/abi/switchable-wallet'
import { accounts } from '../../testing/accounts'
import { type SignedEnvelope, signKind, signProposal, signSettings, signVote } from '../../testing/factories'
import { createTestWorld, type TestWorld } from '../../testing/world'
import { expectRefusal } from '../expect-refusal.suite'
import { createIngest } from '../ingest'

const { Ada, Ben, Chloe } = accounts
const DAYS_90 = 90 * 86_400
let world: TestWorld
/** A new one for each test: what was linked once stays its principal's. */
let key: PrivateKeyAccount

beforeAll(async () => {
  world = await createTestWorld()
  const settings = { admins: [Ada.address], moderators: [Ben.address] }
  await take(signSettings(Ada, { settings, timestamp: world.now() }))
})
beforeEach(() => {
  key = privateKeyToAccount(generatePrivateKey())
})
afterAll(() => world?.close())

async function take(envelope: SignedEnvelope | Promise<SignedEnvelope>) {
  return world.ingest.ingest(await envelope)
}

/** Each message a second after the last: no two have one id. */
function sign(who: PrivateKeyAccount, kind: MessageKind, values: Readonly<Record<string, FieldValue>> = {}) {
  world.clock.advance(1)
  return signKind(who, kind, { network: 's', timestamp: world.now(), ...values })
}

const link = (who: PrivateKeyAccount, alias: HexString = key.address) => sign(who, 'alias', { alias })
const revoke = (who: PrivateKeyAccount, alias: HexString = key.address) =>
  sign(who, 'revoke-alias', { alias })
const propose = async () => (await take(signProposal(Ada, { timestamp: world.now() }))).id
const vote = (who: PrivateKeyAccount, from: HexString, proposal: string) => {
  world.clock.advance(1)
  return signVote(who, { from, proposal, timestamp: world.now() })
}
const linkOf = async (alias: HexString = key.address) => (await findAliases(world.ctx.db, [alias])).get(alias)

describe('a link', () => {
  test('lets a key sign, and sent again lets it sign for longer', async () => {
    const { id } = await take(link(Ben))
    const created = world.now()
    const known = { alias: key.address, address: Ben.address, chainId: null }
    expect(await linkOf()).toEqual({ ...known, id, created })
    const renewed = await take(link(Ben))
    expect(await linkOf()).toEqual({ ...known, id: renewed.id, created: created + 1 })
    await take(revoke(Ben))
    expect(await linkOf()).toBeUndefined()
  })

  test.each<[string, () => Promise<SignedEnvelope>]>([
    ['alias cannot be the same as the address', () => link(Ben, Ben.address)],
    ['alias does not exist', () => revoke(Ben)],
  ])('%s', async (reason, message) => {
    await expectRefusal(world, await message(), reason)
  })

  test('is its principal’s alone, also when its time is over', async () => {
    await take(link(Ben))
    const taken = 'alias is already linked to another address'
    await expectRefusal(world, await link(Chloe), taken)
    await expectRefusal(world, await revoke(Chloe), 'alias does not exist')
    world.clock.advance(DAYS_90 + 10)
    await expectRefusal(world, await link(Chloe), taken)
    await take(revoke(Ben))
    await take(link(Chloe))
  })

  test('that was held back undoes nothing', async () => {
    const [first, second] = [await link(Ben), await link(Ben)]
    await take(second)
    await expectRefusal(world, first, 'alias already linked at later time')
    await take(revoke(Ben))
    await expectRefusal(world, first, 'alias already revoked at later time')
    await take(link(Ben))
  })

  test('without a time is not taken: anybody could send an old one again', async () => {
    const undated = definitions.find(({ kind, fields }) => kind === 'alias' && fields.length === 2)
    const old = await signKind(Ben, 'alias', { alias: key.address, timestamp: world.now() }, undated)
    await expectRefusal(
      world,
      old,
      'A link without a time would be good for ever: sign it with its time (Alias with a timestamp).',
    )
  })

  test('is made and ended in order, also by messages that are written together', async () => {
    const [ofBen, ofChloe] = [await link(Ben), await link(Chloe)]
    const both = await Promise.allSettled([ofBen, ofChloe].map((body) => world.ingest.ingest(body)))
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    const owner = both[0]?.status === 'fulfilled' ? Ben : Chloe
    expect(await linkOf()).toMatchObject({ address: owner.address })

    const held = await link(owner)
    world.clock.advance(5)
    const end = await revoke(owner)
    await Promise.allSettled([end, held].map((body) => world.ingest.ingest(body)))
    expect(await linkOf()).toBeUndefined()
  })
})

describe('an alias', () => {
  test('votes, proposes, edits, flags, follows and speaks for its principal', async () => {
    await take(link(Ben))
    const { address: from } = Ben
    const timestamp = world.now()
    const proposal = await signProposal(key, { from, timestamp, start: timestamp + 60 })
    expect(proposal).toMatchObject({ address: key.address, data: { message: { from } } })
    const { id, receipt } = await take(proposal)
    expect(receipt.voter).toBe(from)
    const { id: open } = await take(signProposal(key, { from, timestamp, title: 'Now' }))
    const ballot = await take(vote(key, from, open))
    expect(ballot.receipt).toMatchObject({ voter: from, proposal: open })
    const text = { type: 'basic', title: 'T', body: '', discussion: '', choices: ['A', 'B'], labels: [] }
    await take(sign(key, 'update-proposal', { from, proposal: id, ...text, plugins: '{}', privacy: '' }))
    await take(sign(key, 'flag-proposal', { from, proposal: id }))
    await take(sign(key, 'follow', { from }))
    await take(sign(key, 'unfollow', { from }))
    await take(sign(key, 'subscribe', { from }))
    await take(sign(key, 'unsubscribe', { from }))
    await take(sign(key, 'profile', { from, profile: '{}' }))
    const said = { about: '', statement: '', discourse: '', status: 'ACTIVE' }
    await take(sign(key, 'statement', { from, ...said }))

    const { db } = world.ctx
    expect(await db.prisma.vote.findUniqueOrThrow({ where: { id: ballot.id } })).toMatchObject({
      voter: from,
    })
    expect(await db.prisma.proposal.findUniqueOrThrow({ where: { id } })).toMatchObject({
      author: from,
      flaggedBy: from,
    })
    const { id: linked } = (await linkOf()) ?? {}
    const messages = await db.prisma.message.findMany({ where: { author: from, kind: { not: 'alias' } } })
    expect(messages.length).toBeGreaterThanOrEqual(11)
    for (const { envelope, verification } of messages.slice(-11)) {
      expect(JSON.parse(envelope)).toMatchObject({ address: key.address, data: { message: { from } } })
      expect(verification).toEqual({ method: 'ecdsa', alias: { address: key.address, link: linked } })
    }
  })

  test.each<[MessageKind, Readonly<Record<string, FieldValue>>]>([
    ['settings', { settings: '{}' }],
    ['delete-space', {}],
    ['delete-proposal', { proposal: '0x' }],
    ['alias', { alias: Chloe.address }],
    ['revoke-alias', { alias: Chloe.address }],
  ])('alias not allowed for the type: %s', async (kind, values) => {
    await take(link(Ada))
    const message = await sign(key, kind, { ...values, from: Ada.address })
    await expectRefusal(world, message, `alias not allowed for the type: ${kind}`)
  })

  test('wrong alias: nobody linked it, or somebody else did, or no more, or too long ago', async () => {
    const proposal = await propose()
    await expectRefusal(world, await vote(key, Ben.address, proposal), 'wrong alias')
    await take(link(Chloe))
    await expectRefusal(world, await vote(key, Ben.address, proposal), 'wrong alias')
    await take(revoke(Chloe))
    await expectRefusal(world, await vote(key, Chloe.address, proposal), 'wrong alias')
    await take(link(Chloe))
    const since = world.now()
    const lasting = await take(signProposal(Ada, { timestamp: since, end: since + 2 * DAYS_90 }))
    world.clock.advance(DAYS_90 - 1)
    await take(vote(key, Chloe.address, lasting.id))
    await expectRefusal(world, await vote(key, Chloe.address, lasting.id), 'wrong alias')
    await take(link(Chloe))
    await take(vote(key, Chloe.address, lasting.id))
  })

  test('votes over its principal, and he over it: they have one ballot', async () => {
    const proposal = await propose()
    await take(link(Ben))
    await take(vote(key, Ben.address, proposal))
    await take(vote(Ben, Ben.address, proposal))
    const { rows } = await world.ctx.db.query(
      'select voter, current from votes where proposal_id = $1 order by log_index',
      [proposal],
    )
    expect(rows).toEqual([
      { voter: Ben.address, current: false },
      { voter: Ben.address, current: true },
    ])
  })

  test('whose link ends between check and commit is refused; one that is renewed goes through', async () => {
    const proposal = await propose()
    await take(link(Ben))
    const ballot = await vote(key, Ben.address, proposal)
    const end = await revoke(Ben)
    // Both are checked before either is written.
    const slow = createIngest(world.ctx)
    const outcomes = await Promise.allSettled([world.ingest.ingest(end), slow.ingest(ballot)])
    const [, second] = outcomes
    if (second?.status === 'rejected') expect(second.reason).toMatchObject({ message: 'wrong alias' })
    const own = await world.ctx.db.prisma.message.findMany({
      where: { author: Ben.address },
      orderBy: { logIndex: 'desc' },
      take: 2,
    })
    // Whichever came first: nothing that the key signed stands behind its end.
    expect(own[0]?.kind).toBe('revoke-alias')
    await slow.close()
  })
})

describe('a contract wallet', () => {
  let wallet: HexString
  const byWallet = (envelope: SignedEnvelope) => ({ ...envelope, address: wallet })
  beforeAll(async () => {
    const { chain } = world
    wallet = getAddress(await chain.deploy(switchableWalletAbi, switchableWalletBytecode, [Chloe.address]))
  })

  test('lets a key sign in the spaces of the chain on which it said so', async () => {
    await take(byWallet(await sign(Chloe, 'alias', { from: wallet, alias: key.address })))
    const proposal = await propose()
    await take(vote(key, wallet, proposal))
    await world.ctx.db.query(
      `insert into spaces (id, name, settings, controller, settings_id, created_at, updated_at, active_at)
       select 'far', name, jsonb_set(settings, '{network}', '"1"'), controller, settings_id, created_at, updated_at, active_at
       from spaces where id = 'test'`,
    )
    await expectRefusal(world, await sign(key, 'follow', { from: wallet, space: 'far' }), 'wrong alias')
    await take(sign(key, 'follow', { from: wallet }))
  })

  test('is nobody’s alias: at its address on another chain there may be somebody else’s', async () => {
    await take(link(Ben, wallet))
    const proposal = await propose()
    await expectRefusal(world, byWallet(await vote(Chloe, Ben.address, proposal)), 'wrong alias')
  })
})
