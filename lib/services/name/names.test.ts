import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { SpaceSettings } from '../../core/messages/settings'
import { expectRefusal } from '../../ingest/expect-refusal.suite'
import { createIngest } from '../../ingest/ingest'
import { accounts } from '../../testing/accounts'
import { startTestEns, type TestEns } from '../../testing/ens'
import { signKind, signProposal, signSettings, signVote } from '../../testing/factories'
import { createTestWorld, type TestWorld } from '../../testing/world'
import type { Context } from '../context'
import { importSpace } from '../import/import-space'
import { getHealth } from '../installation/get-health'
import { spaceRow, startHubServer } from '../remote-hub/hub-server.suite'
import { openHub } from '../remote-hub/remote-hub'
import { createTransport } from '../remote-hub/transport'
import { acceptOwner } from './accept-owner'
import { checkNames } from './check-names'

const { Ada, Ben, Chloe, Dan } = accounts
const later = 4_000_000_000
const past = 1_000_000_000
const expired = (name: string) =>
  `The name ${name} expired on 2001-09-09. Settings can change again when it is renewed by its owner.`

let base: TestWorld
let world: TestWorld
let ctx: Context
let ens: TestEns
let space: string
let count = 0

beforeAll(async () => {
  base = await createTestWorld()
  ens = await startTestEns()
  ctx = base.ctx.another({ rpcUrls: { 1: ens.chain.rpcUrl, 31337: base.chain.rpcUrl } })
  world = { ...base, ingest: createIngest(ctx) }
})
afterAll(async () => {
  await ens.chain.stop()
  await base.close()
})
/** A name of Ada's. */
beforeEach(async () => {
  space = `dao${++count}.eth`
  await ens.giveName(space, Ada.address)
  await ens.register(space, later)
})

function settingsBy(who: typeof Ada, settings: Partial<SpaceSettings> = {}) {
  world.clock.advance(1)
  return signSettings(who, { space, settings, timestamp: world.now() })
}
const take = async (envelope: ReturnType<typeof settingsBy>) => world.ingest.ingest(await envelope)
const row = () => ctx.db.prisma.space.findUniqueOrThrow({ where: { id: space } })
const naming = (controller: string) => ({ plugins: { comitia: { controller } } })
const gone = (to: string, controller = to) =>
  `The name ${space} has gone from ${Ada.address} to ${to}. Settings can change again when ${Ada.address} signs ` +
  `settings that name ${controller} in plugins.comitia.controller, or the operator accepts the new owner.`
const renamed = (controller: string) =>
  `The name ${space} names another controller, ${controller}, and may have changed hands in between. Settings can ` +
  `change again when ${Ada.address} signs settings that name ${controller} in plugins.comitia.controller, or the ` +
  'operator accepts the new owner.'
const chainTime = async () => Number((await ens.chain.client.getBlock()).timestamp)
async function wait(seconds: number) {
  await ens.chain.client.increaseTime({ seconds })
  await ens.chain.client.mine({ blocks: 1 })
}
/** Refused, and the space says why from now on. */
async function expectFrozen(envelope: Awaited<ReturnType<typeof settingsBy>>, words: string) {
  await expect(world.ingest.ingest(envelope)).rejects.toMatchObject({ code: 'invalid', message: words })
  expect((await row()).nameProblem).toBe(words)
  // Said once, a refusal changes nothing more.
  await expectRefusal(world, envelope, words)
}

describe('settings of a space with an ENS name', () => {
  test('are its controller’s, whoever the owner lets that be', async () => {
    await expectRefusal(world, await settingsBy(Ben), 'not allowed')
    await take(settingsBy(Ada, { admins: [Chloe.address] }))
    expect(await row()).toMatchObject({ controller: Ada.address, nameOwner: Ada.address, nameProblem: null })

    await ens.setRecord(space, Ben.address)
    await expectRefusal(world, await settingsBy(Ada), 'not allowed')
    await take(settingsBy(Chloe, { admins: [Chloe.address], about: 'By an admin' }))
    await take(settingsBy(Ben))
    expect(await row()).toMatchObject({ controller: Ben.address, nameOwner: Ada.address })
  })

  test('a name that nobody has makes no space', async () => {
    await ens.giveName(space, null)
    await expectRefusal(world, await settingsBy(Ada), 'not allowed')
  })

  test('freeze when the name expires, and thaw when it is renewed', async () => {
    await take(settingsBy(Ada))
    await ens.register(space, past)
    await expectFrozen(await settingsBy(Ada), expired(space))
    await ens.register(space, later)
    await take(settingsBy(Ada))
    expect((await row()).nameProblem).toBeNull()
  })

  test('an expired name makes no space', async () => {
    await ens.register(space, past)
    await expectRefusal(world, await settingsBy(Ada), expired(space))
  })

  test('freeze when a wrapped name expires: it belongs to nobody then', async () => {
    await ens.wrap(space, { owner: Ada.address, emancipated: true, expires: later })
    await take(settingsBy(Ada))
    await ens.wrap(space, { owner: Ada.address, emancipated: true, expires: past })
    await expectFrozen(await settingsBy(Ada), expired(space))
  })

  test('do not go with the name to whoever registers it next', async () => {
    await take(settingsBy(Ada, { admins: [Chloe.address] }))
    await ens.giveName(space, Ben.address)
    await expectFrozen(await settingsBy(Ben), gone(Ben.address))
    // Not even by naming himself, nor by an admin; and the former controller cannot give it to a third.
    for (const settings of [
      await settingsBy(Ben, naming(Ben.address)),
      await settingsBy(Chloe, { admins: [Chloe.address], ...naming(Ben.address) }),
      await settingsBy(Ada),
      await settingsBy(Ada, naming(Dan.address)),
    ])
      await expectRefusal(world, settings, gone(Ben.address))
    expect(await row()).toMatchObject({ controller: Ada.address, nameOwner: Ada.address })
  })

  test('go with it when the former controller says so', async () => {
    await take(settingsBy(Ada))
    await ens.giveName(space, Ben.address)
    await ens.setRecord(space, Dan.address)
    await expectFrozen(await settingsBy(Dan), gone(Ben.address, Dan.address))
    await take(settingsBy(Ada, naming(Dan.address)))
    expect(await row()).toMatchObject({ controller: Dan.address, nameOwner: Ben.address, nameProblem: null })
    await take(settingsBy(Dan))
    await expectRefusal(world, await settingsBy(Ada), 'not allowed')
  })

  test('go with it when the operator says so, but never to nobody', async () => {
    await take(settingsBy(Ada))
    await ens.giveName(space, Ben.address)
    await expectFrozen(await settingsBy(Ben), gone(Ben.address))
    await ens.register(space, past)
    await expect(acceptOwner(ctx, space, 'a test')).rejects.toMatchObject({ message: expired(space) })
    await ens.register(space, later)
    const holder = { owner: Ben.address, controller: Ben.address }
    expect(await acceptOwner(ctx, space, 'a test')).toEqual(holder)
    expect((await row()).nameProblem).toBeNull()
    await take(settingsBy(Ben))
    await expect(acceptOwner(ctx, 'nowhere.eth', 'a test')).rejects.toMatchObject({ code: 'not_found' })
  })

  describe('when the text record names another controller and the owner is the same', () => {
    const day = 86_400

    test('go with it as long as nobody else can have had the name', async () => {
      await ens.register(space, (await chainTime()) + day)
      await take(settingsBy(Ada))
      await wait(90 * day)
      await ens.register(space, later)
      await ens.setRecord(space, Ben.address)
      await take(settingsBy(Ben))
      expect(await row()).toMatchObject({ controller: Ben.address, nameKeptUntil: BigInt(later + 90 * day) })
    })

    test('do not when it lapsed: who registered it next may have handed it back', async () => {
      await ens.register(space, (await chainTime()) + day)
      await take(settingsBy(Ada, { admins: [Chloe.address] }))
      await wait(91 * day + 60)
      await ens.register(space, later)
      // Neither a look at the name nor an admin's settings say that it is in the right hands.
      world.clock.advance(day + 1)
      await checkNames(ctx)
      await take(settingsBy(Chloe, { admins: [Chloe.address] }))
      await ens.setRecord(space, Ben.address)
      await expectFrozen(await settingsBy(Ben), renamed(Ben.address))
      await expectRefusal(world, await settingsBy(Ben, naming(Ben.address)), renamed(Ben.address))
      const deletion = signKind(Ben, 'delete-space', { space, timestamp: world.now() })
      await expectRefusal(world, await deletion, renamed(Ben.address))
      await take(settingsBy(Ada, naming(Ben.address)))
      await take(settingsBy(Ben))
      // What its controller signed counts as his word for what comes next.
      await ens.setRecord(space, Dan.address)
      await take(settingsBy(Dan))
    })

    test('do not while nobody knows until when it was registered', async () => {
      await take(settingsBy(Ada))
      await ctx.db.query('update spaces set name_kept_until = null where id = $1', [space])
      await ens.setRecord(space, Ben.address)
      await expectFrozen(await settingsBy(Ben), renamed(Ben.address))
    })

    test.each([
      ['do not with a name below another, which its owner can take and give back', 'sub', false],
      ['do with a wrapped name that is cut off from the one above it', 'sub', true],
      ['do not with a DNS name', 'dns', false],
    ])('%s', async (_, kind, isKept) => {
      space = kind === 'dns' ? `dao${count}.org` : `team.${space}`
      await ens.giveName(space, Ada.address)
      if (isKept) await ens.wrap(space, { owner: Ada.address, emancipated: true, expires: later })
      await take(settingsBy(Ada))
      await ens.setRecord(space, Ben.address)
      if (!isKept) {
        await expectFrozen(await settingsBy(Ben), renamed(Ben.address))
        await acceptOwner(ctx, space, 'a test')
      }
      await take(settingsBy(Ben))
    })
  })

  test('are not read under another spelling', async () => {
    space = 'da\u00adO.eth'
    await expectRefusal(world, await settingsBy(Ben), 'Invalid space id')
  })

  test('of a name that another registry keeps are refused', async () => {
    space = 'dao.shib'
    const words = 'names under .shib are kept by another registry, which is not read here'
    await expectRefusal(world, await settingsBy(Ada), words)
  })
})

test('proposals and votes go on while settings are frozen', async () => {
  await take(settingsBy(Ada))
  await ens.register(space, past)
  await expectFrozen(await settingsBy(Ada), expired(space))
  const timestamp = world.now()
  const { id: proposal } = await world.ingest.ingest(await signProposal(Ada, { space, timestamp }))
  await world.ingest.ingest(await signVote(Ben, { space, proposal, timestamp }))
})

describe('once a day', () => {
  const day = 86_400

  test('names are looked at, and whoever watches is told what is wrong', async () => {
    await take(settingsBy(Ada))
    await ens.giveName(space, Ben.address)
    await checkNames(ctx)
    expect((await row()).nameProblem, 'not due yet').toBeNull()
    world.clock.advance(day + 1)
    await checkNames(ctx)
    expect((await row()).nameProblem).toBe(gone(Ben.address))
    const health = await getHealth(ctx)
    expect(health.status).toBe('degraded')
    expect(health.names).toContainEqual({ space, problem: gone(Ben.address) })

    await ens.giveName(space, Ada.address)
    world.clock.advance(day + 1)
    await checkNames(ctx)
    expect((await row()).nameProblem).toBeNull()
    expect((await getHealth(ctx)).names).not.toContainEqual(expect.objectContaining({ space }))
  })

  test('control that the owner handed on is noted, so that the former controller is who had it last', async () => {
    await take(settingsBy(Ada))
    await ens.setRecord(space, Ben.address)
    world.clock.advance(day + 1)
    await checkNames(ctx)
    expect(await row()).toMatchObject({ controller: Ben.address, nameOwner: Ada.address })
  })

  test('owners of spaces from before they were noted are noted, if the controller is the same', async () => {
    await take(settingsBy(Ada))
    await ctx.db.query('update spaces set name_owner = null, name_checked_at = null where id = $1', [space])
    await checkNames(ctx)
    expect(await row()).toMatchObject({ nameOwner: Ada.address, nameProblem: null })
    await ctx.db.query('update spaces set name_owner = null, name_checked_at = null where id = $1', [space])
    await ens.giveName(space, Ben.address)
    await checkNames(ctx)
    expect(await row()).toMatchObject({ nameOwner: null, controller: Ada.address })
    expect((await row()).nameProblem).toContain(`has gone to ${Ben.address}`)
  })

  test('a name that cannot be read is left as it is', async () => {
    await take(settingsBy(Ada))
    world.clock.advance(day + 1)
    await ens.fail('0x12345678')
    await checkNames(ctx)
    await ens.fail('0x')
    expect(await row()).toMatchObject({ controller: Ada.address, nameOwner: Ada.address, nameProblem: null })
    await expect(checkNames(base.ctx)).resolves.toBeUndefined()
  })

  test('one of a space that has come home is, and one that cannot be read at all keeps none waiting', async () => {
    await take(settingsBy(Ada))
    const { rows } = await ctx.db.query<{ id: string }>(
      `insert into spaces select (jsonb_populate_record(s, jsonb_build_object('id', odd.id, 'name_checked_at', null))).*
       from spaces s, unnest($2::text[]) as odd (id) where s.id = $1 returning id`,
      [space, ['dao.shib', 'no name.eth']],
    )
    await ctx.db.query(`update spaces set origin = '{"settingsId": "0x1"}' where id = $1`, [space])
    await ens.giveName(space, Ben.address)
    world.clock.advance(day + 1)
    await checkNames(ctx)
    expect((await row()).nameProblem).toBe(gone(Ben.address))
    for (const { id } of rows) {
      const { nameCheckedAt } = await ctx.db.prisma.space.findUniqueOrThrow({ where: { id } })
      expect(nameCheckedAt).toEqual(new Date(world.clock.now()))
    }
    await ctx.db.query('update spaces set origin = $2 where id = $1', [
      space,
      { settingsId: (await row()).settingsId },
    ])
    await ens.giveName(space, Ada.address)
    world.clock.advance(day + 1)
    await checkNames(ctx)
    expect((await row()).nameProblem, 'of a copy').toBe(gone(Ben.address))
  })

  test('while Ethereum is down nothing is, and the job is tried again', async () => {
    await take(settingsBy(Ada))
    world.clock.advance(day + 1)
    const cutOff = base.ctx.another({ rpcUrls: { 1: 'http://127.0.0.1:9' } })
    await expect(checkNames(cutOff)).rejects.toMatchObject({ code: 'chain_unavailable' })
  })
})

test('a copied space belongs to whom ENS names, whatever its hub says, and to nobody while ENS does not answer', async () => {
  const hub = await startHubServer({ hasEnvelopes: true })
  hub.data.space = spaceRow(space, { controller: Dan.address })
  const transport = createTransport({ pauseMs: 1 })
  const source = { transport, hub: await openHub(hub.url, transport) }
  const deaf = base.ctx.another({ rpcUrls: { 1: 'http://127.0.0.1:1' } })
  await expect(importSpace(deaf, source, space)).rejects.toMatchObject({ code: 'controller_unknown' })
  expect(await ctx.db.prisma.space.findUnique({ where: { id: space } })).toBeNull()
  await importSpace(ctx, source, space)
  expect(await row()).toMatchObject({ controller: Ada.address })
  await hub.stop()
})
