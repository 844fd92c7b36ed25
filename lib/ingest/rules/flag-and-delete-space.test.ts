import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { MessageKind } from '../../core/messages/definitions'
import type { FieldValue } from '../../core/messages/normalise-value'
import { describeFact } from '../../core/trail/describe-fact'
import { getProposal } from '../../services/proposal/get-proposal'
import { listProposals } from '../../services/proposal/list-proposals'
import { getSpace } from '../../services/space/get-space'
import { listSpaces } from '../../services/space/list-spaces'
import { listTrail } from '../../services/trail/list-trail'
import { accounts } from '../../testing/accounts'
import { type SignedEnvelope, signKind, signProposal, signSettings, signVote } from '../../testing/factories'
import { createTestWorld, type TestWorld } from '../../testing/world'
import { expectRefusal } from '../expect-refusal.suite'

const { Ada, Ben, Chloe, Dan } = accounts
let world: TestWorld
let serial = 0
beforeAll(async () => {
  world = await createTestWorld()
})
afterAll(() => world?.close())

async function take(envelope: SignedEnvelope | Promise<SignedEnvelope>) {
  return world.ingest.ingest(await envelope)
}

/** Ada controls it, Ben is an admin and Chloe a moderator. */
async function openSpace() {
  const space = `space-${++serial}`
  const settings = { admins: [Ben.address], moderators: [Chloe.address] }
  await take(signSettings(Ada, { space, settings, timestamp: world.now() }))
  return space
}

function sign(who: typeof Ada, kind: MessageKind, values: Readonly<Record<string, FieldValue>>) {
  world.clock.advance(1)
  return signKind(who, kind, { timestamp: world.now(), ...values })
}

const propose = async (space: string, who = Dan, title = 'Shall we?') =>
  (await take(signProposal(who, { space, title, timestamp: world.now() }))).id

const trailOf = async (space: string) =>
  (await listTrail(world.ctx, { space, order: 'new', first: 20 })).items.map(({ what }) => describeFact(what))

describe('a flag', () => {
  test.each([
    ['an admin', Ben],
    ['a moderator', Chloe],
  ])('by %s leaves a proposal out of lists, and readable', async (role, who) => {
    const space = await openSpace()
    const proposal = await propose(space)
    const other = await propose(space, Dan, 'Another')
    const { receipt } = await take(sign(who, 'flag-proposal', { space, proposal }))
    expect(receipt).toMatchObject({ proposal, voter: who.address })
    expect(await getProposal(world.ctx, proposal)).toMatchObject({ flagged: { as: 'spam', by: who.address } })
    const listed = async (flagged?: boolean) =>
      (await listProposals(world.ctx, { space, first: 9, flagged })).items.map(({ id }) => id)
    expect(await listed()).toEqual([other])
    expect(await listed(true)).toEqual([proposal])
    await take(signVote(Dan, { space, proposal, timestamp: world.now() }))
    expect((await trailOf(space))[1]).toBe(`Flagged the proposal, as ${role}.`)
    await expectRefusal(
      world,
      await sign(Ben, 'flag-proposal', { space, proposal }),
      'proposal already flagged',
    )
    await expectRefusal(
      world,
      await sign(Dan, 'flag-proposal', { space, proposal }),
      'proposal already flagged',
    )
  })

  test('is refused', async () => {
    const space = await openSpace()
    const proposal = await propose(space)
    const by = (who: typeof Ada, values = {}) => sign(who, 'flag-proposal', { space, proposal, ...values })
    await expectRefusal(world, await by(Ada), 'not authorized to flag proposal')
    await expectRefusal(world, await by(Dan), 'not authorized to flag proposal')
    await expectRefusal(world, await by(Ben, { proposal: `0x${'12'.repeat(32)}` }), 'unknown proposal')
    await expectRefusal(world, await by(Ben, { space: await openSpace() }), 'unknown proposal')
    await take(sign(Dan, 'delete-proposal', { space, proposal }))
    await expectRefusal(world, await by(Ben), 'unknown proposal')
  })

  test('of two in one batch counts once', async () => {
    const space = await openSpace()
    const proposal = await propose(space)
    const flags = [
      await sign(Ben, 'flag-proposal', { space, proposal }),
      await sign(Chloe, 'flag-proposal', { space, proposal }),
    ]
    const outcomes = await Promise.allSettled(flags.map(take))
    const refused = outcomes.flatMap((outcome) =>
      outcome.status === 'rejected' ? outcome.reason.message : [],
    )
    expect(refused).toEqual(['proposal already flagged'])
  })
})

describe('a deleted space', () => {
  test('is gone for whoever takes part, and there for whoever checks', async () => {
    const space = await openSpace()
    const proposal = await propose(space)
    await take(signVote(Dan, { space, proposal, timestamp: world.now() }))
    const former = await sign(Ada, 'delete-space', { space })
    const { id } = await take(former)

    await expectRefusal(world, former, 'duplicate message')
    await expectRefusal(world, await sign(Ada, 'delete-space', { space }), 'space not found')
    const back = await signSettings(Ada, { space, timestamp: world.now() })
    await expectRefusal(world, back, 'space deleted, contact admin')
    for (const message of [
      signVote(Ben, { space, proposal, timestamp: world.now() }),
      signProposal(Ben, { space, timestamp: world.now() }),
      sign(Ben, 'flag-proposal', { space, proposal }),
      sign(Dan, 'delete-proposal', { space, proposal }),
      sign(Ben, 'follow', { space, network: 's' }),
      sign(Ben, 'subscribe', { space }),
    ]) {
      await expectRefusal(world, await message, 'unknown space')
    }
    await expect(getSpace(world.ctx, space)).rejects.toMatchObject({ code: 'gone' })
    await expect(listProposals(world.ctx, { space, first: 9 })).rejects.toMatchObject({ code: 'gone' })
    const { items } = await listSpaces(world.ctx, { first: 99 })
    expect(items.some((item) => item.id === space)).toBe(false)

    expect(await trailOf(space)).toEqual([
      'Deleted the space, as its controller.',
      'Voted For, with 1 VOTE.',
      expect.stringContaining('Proposed'),
      'Created the space.',
    ])
    expect(await getProposal(world.ctx, proposal)).toMatchObject({ id: proposal, votes: 1 })
    expect(await world.ctx.db.prisma.message.findUnique({ where: { id } })).toMatchObject({
      kind: 'delete-space',
    })
    expect(await world.ctx.db.prisma.participation.count({ where: { spaceId: space } })).toBe(0)
  })

  test('takes no ballot of the same batch', async () => {
    const space = await openSpace()
    const proposal = await propose(space)
    await take(signVote(Ben, { space, proposal, timestamp: world.now() }))
    const [end, ballot] = [
      await sign(Ada, 'delete-space', { space }),
      await signVote(Dan, { space, proposal, timestamp: world.now() }),
    ]
    await Promise.allSettled([take(end), take(ballot)])
    await expectRefusal(
      world,
      await signVote(Chloe, { space, proposal, timestamp: world.now() }),
      'unknown space',
    )
    const last = await world.ctx.db.prisma.message.findFirst({
      where: { space },
      orderBy: { logIndex: 'desc' },
    })
    expect(last?.kind).toBe('delete-space')
  })

  test.each([
    ['an admin', Ben],
    ['a moderator', Chloe],
    ['a stranger', Dan],
  ])('not allowed: by %s', async (_, who) => {
    const space = await openSpace()
    await expectRefusal(world, await sign(who, 'delete-space', { space }), 'not allowed')
  })

  test('space not found', async () => {
    await expectRefusal(world, await sign(Ada, 'delete-space', { space: 'nowhere' }), 'space not found')
  })
})
