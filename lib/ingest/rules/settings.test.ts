import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { SpaceSettings } from '../../core/messages/settings'
import { accounts } from '../../testing/accounts'
import { signSettings } from '../../testing/factories'
import { createTestWorld, type TestWorld } from '../../testing/world'
import { expectRefusal } from '../expect-refusal.suite'

const { Ada, Ben, Chloe } = accounts
let world: TestWorld
let space: string
let count = 0

/** Each message another second, so that no two are the same. */
function settingsBy(who: typeof Ada, settings: Partial<SpaceSettings> = {}, id = space) {
  return signSettings(who, { space: id, settings, timestamp: world.now() - 1_000 + ++count })
}

function findSpace() {
  return world.ctx.db.prisma.space.findUniqueOrThrow({ where: { id: space } })
}

beforeEach(() => {
  space = `space-${++count}`
})

describe('an installation where anybody may create spaces', () => {
  beforeAll(async () => {
    world = await createTestWorld()
  })
  afterAll(() => world.close())

  test('the first valid settings claim a native id, and only for their signer', async () => {
    const { id } = await world.ingest.ingest(await settingsBy(Ada, { name: 'First' }))
    expect(await findSpace()).toMatchObject({ name: 'First', controller: Ada.address, settingsId: id })
    await expectRefusal(world, await settingsBy(Ben), 'not allowed')
  })

  test('settings replace what was there as a whole', async () => {
    await world.ingest.ingest(await settingsBy(Ada, { about: 'Old' }))
    await world.ingest.ingest(await settingsBy(Ada, { name: 'New' }))
    const { settings } = await findSpace()
    expect(settings).toEqual({
      name: 'New',
      network: '31337',
      symbol: 'VOTE',
      strategies: [{ name: 'ticket', params: {} }],
    })
  })

  test('older settings do not replace newer ones, not even side by side', async () => {
    const [older, newer] = [await settingsBy(Ada, { about: 'Old' }), await settingsBy(Ada, { about: 'New' })]
    await world.ingest.ingest(newer)
    await expectRefusal(world, older, 'settings already updated at later time')

    const rivals = [await settingsBy(Ada, { about: 'A' }), await settingsBy(Ada, { about: 'B' })].reverse()
    await Promise.allSettled(rivals.map((envelope) => world.ingest.ingest(envelope)))
    expect((await findSpace()).settings).toMatchObject({ about: 'B' })
  })

  test('of two people who claim an id in the same moment one gets it', async () => {
    const outcomes = await Promise.allSettled([
      world.ingest.ingest(await settingsBy(Ada)),
      world.ingest.ingest(await settingsBy(Ben)),
    ])
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const loser = outcomes.find((outcome) => outcome.status === 'rejected')
    expect(loser?.reason).toMatchObject({ message: 'not allowed', code: 'invalid' })
    expect(await world.ctx.db.prisma.message.count({ where: { space } })).toBe(1)
  })

  test('admins may change everything but the admins and the controller', async () => {
    const admins = [Ben.address]
    await world.ingest.ingest(await settingsBy(Ada, { admins }))
    await world.ingest.ingest(await settingsBy(Ben, { admins, about: 'By Ben' }))
    expect((await findSpace()).controller).toBe(Ada.address)
    await expectRefusal(
      world,
      await settingsBy(Ben, { admins: [Ben.address, Chloe.address] }),
      'not allowed change admins',
    )
    const plugins = { comitia: { controller: Ben.address } }
    await expectRefusal(world, await settingsBy(Ben, { admins, plugins }), 'not allowed change admins')
  })

  test('whoever makes himself an admin by the same message is none yet', async () => {
    await world.ingest.ingest(await settingsBy(Ada))
    await expectRefusal(world, await settingsBy(Ben, { admins: [Ben.address] }), 'not allowed')
  })

  test('the controller hands the space over, and has no more rights then', async () => {
    await world.ingest.ingest(await settingsBy(Ada))
    await world.ingest.ingest(await settingsBy(Ada, { plugins: { comitia: { controller: Ben.address } } }))
    expect((await findSpace()).controller).toBe(Ben.address)
    await expectRefusal(world, await settingsBy(Ada), 'not allowed')
    await world.ingest.ingest(await settingsBy(Ben))
  })

  test.each([
    ['Ab', 'Invalid space id'],
    ['two--words!', 'Invalid space id'],
    ['api', 'Invalid space id'],
    ['admin', 'Invalid space id'],
    [`a${'b'.repeat(63)}`, 'Invalid space id'],
    [`${'b'.repeat(64)}.eth`, 'id too long'],
  ])('refuses the id %s', async (id, message) => {
    await expectRefusal(world, await settingsBy(Ada, {}, id), message)
  })

  test('ids are one whatever their case', async () => {
    await world.ingest.ingest(await settingsBy(Ada, {}, space.replace('space', 'Space')))
    await expectRefusal(world, await settingsBy(Ben, {}, space.toUpperCase()), 'not allowed')
  })

  test('an ENS name whose controller cannot be read is not served now', async () => {
    const envelope = await settingsBy(Ada, {}, 'dao.eth')
    await expectRefusal(world, envelope, 'unable to resolve space controller', 'controller_unknown')
  })

  test.each<[string, Partial<SpaceSettings> | (() => Partial<SpaceSettings>), string]>([
    ['no strategy', { strategies: [] }, 'wrong space format'],
    ['an unknown key', { surprise: true } as Partial<SpaceSettings>, 'wrong space format'],
    ['an unknown strategy', { strategies: [{ name: 'poap' }] }, "strategy 'poap' is not a valid strategy"],
    [
      'wrong params',
      { strategies: [{ name: 'whitelist', params: { addresses: ['0x1'] } }] },
      "strategy 'whitelist' has wrong params: addresses.0: An entry of the list is not an address.",
    ],
    [
      'too many strategies',
      { strategies: Array.from({ length: 9 }, (_, i) => ({ name: 'ticket', params: { value: i + 1 } })) },
      'max number of strategies is 8',
    ],
    [
      'too many strategies for proposers',
      {
        validation: {
          name: 'basic',
          params: {
            minScore: 1,
            strategies: Array.from({ length: 9 }, (_, i) => ({ name: 'ticket', params: { value: i + 1 } })),
          },
        },
      },
      'max number of strategies is 8',
    ],
    ['a chain that is not served', { network: '1' }, 'network not allowed'],
    [
      'a strategy on a chain that is not served',
      { strategies: [{ name: 'ticket', network: '10' }] },
      'network not allowed',
    ],
    [
      'a nested strategy on a chain that is not served',
      { strategies: [{ name: 'multichain', params: { strategies: [{ name: 'ticket', network: 10 }] } }] },
      'network not allowed',
    ],
    [
      'a strategy that asks other servers',
      {
        strategies: [
          {
            name: 'math',
            params: {
              operation: 'square-root',
              strategy: { name: 'api', params: { api: 'https://example.org' } },
            },
          },
        ],
      },
      "strategy 'math' asks other servers, which is not allowed here",
    ],
    [
      'a validation that cannot be checked',
      { validation: { name: 'passport' } },
      "validation 'passport' is not available",
    ],
    [
      'a condition on voters that cannot be checked',
      { voteValidation: { name: 'passport' } },
      "vote validation 'passport' is not available",
    ],
    ['shielded voting', { voting: { privacy: 'shutter' } }, 'shielded voting is not available'],
    ['itself as parent', () => ({ parent: space.toUpperCase() }), 'space cannot be its own parent'],
    ['itself as child', () => ({ children: [space] }), 'space cannot be its own child'],
    ['a label id twice', { labels: [label('a', 'One'), label('a', 'Two')] }, 'duplicate label id'],
    ['a label name twice', { labels: [label('a', 'One'), label('b', 'ONE')] }, 'duplicate label name'],
    [
      'a successor that is no address',
      { plugins: { comitia: { controller: 'Ben' } } },
      'plugins.comitia.controller must be an address',
    ],
  ])('refuses settings with %s', async (_, settings, message) => {
    const given = typeof settings === 'function' ? settings() : settings
    await expectRefusal(world, await settingsBy(Ada, given), message)
  })
})

function label(id: string, name: string) {
  return { id, name, color: '#AABBCC' }
}

test('where creation is reserved, others may not create but still be admins', async () => {
  world = await createTestWorld({ variables: { COMITIA_SPACE_CREATION: Ada.address } })
  await expectRefusal(world, await settingsBy(Ben), 'not allowed')
  await world.ingest.ingest(await settingsBy(Ada, { admins: [Ben.address] }))
  await world.ingest.ingest(await settingsBy(Ben, { admins: [Ben.address], about: 'Hello' }))
  await world.close()
})
