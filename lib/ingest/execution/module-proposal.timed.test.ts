import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { registrationSeconds } from '../../core/settlement/module-obstacles'
import type { ModuleRef } from '../../core/settlement/module-plugins'
import { accounts } from '../../testing/accounts'
import { signProposal } from '../../testing/factories'
import { expectRefusal } from '../expect-refusal.suite'
import { createModuleWorld, type ModuleWorld, payment } from '../module-world.suite'

const { Ada, Ben, Grace } = accounts
let world: ModuleWorld
let ref: ModuleRef
const calls = [payment]

async function proposalBy(
  who: typeof Ada,
  changes: Partial<Parameters<typeof signProposal>[1]> = {},
  named = ref,
) {
  return signProposal(who, { ...(await world.draft(named)), ...changes })
}

async function head() {
  const { number, timestamp } = await world.chain.client.getBlock()
  return { number: Number(number), timestamp: Number(timestamp) }
}

describe('by a token that counts seconds', () => {
  beforeAll(async () => {
    world = await createModuleWorld({ isTimed: true })
  })
  afterAll(() => world.close())
  beforeEach(async () => {
    await world.reset()
    await world.tick(12)
    ref = await world.refFor(calls)
  })

  test('a good one is taken, with the power of the second before it', async () => {
    const envelope = await proposalBy(Ben)
    const { id } = await world.ingest.ingest(envelope)
    const row = await world.ctx.db.prisma.proposal.findUniqueOrThrow({ where: { id } })
    expect(row.rule).toEqual({
      kind: 'majority',
      quorum: { required: (40n * 10n ** 18n).toString(), counted: [1, 3] },
    })
    await world.register(envelope, ref, calls)
    const registered = await world.registered(id)
    expect(registered).toMatchObject({ total: 1_000n * world.unit })
    expect(registered.timepoint).toBe(BigInt((envelope.data.message as { timestamp: number }).timestamp) - 1n)
  })

  test('a timestamp that its chain has not reached', async () => {
    const { timestamp } = await head()
    await expectRefusal(
      world,
      await proposalBy(Ada, { timestamp: timestamp + 1 }),
      `The module reads power in the second before the proposal's timestamp, which must be past on its chain: sign the timestamp ${timestamp}, the newest block's.`,
    )
  })

  test('a timestamp that is too old', async () => {
    await world.setConfig({ maxSnapshotAge: 100n })
    await world.tick()
    const { timestamp } = await head()
    const oldest = timestamp + registrationSeconds - 100 + 1
    await expectRefusal(
      world,
      await proposalBy(Ada, { timestamp: oldest - 1 }, await world.refFor(calls)),
      `The module reads power in the second before the proposal's timestamp, which is older than it takes: sign a timestamp of ${oldest} or later.`,
    )
  })

  test('a snapshot that is not the last block before it', async () => {
    await world.tick(12)
    const { number } = await head()
    const words = `The snapshot must be the last block before the proposal's timestamp: sign block ${number - 1}.`
    await expectRefusal(world, await proposalBy(Ada, { snapshot: number }), words)
    await expectRefusal(world, await proposalBy(Ada, { snapshot: number - 2 }), words)
    await world.ingest.ingest(await proposalBy(Ada, { title: 'Right', snapshot: number - 1 }))
  })

  test('more power than can be counted', async () => {
    await world.mint(world.token, Grace.address, 2n ** 128n)
    await world.tick(12)
    await world.tick(12)
    await expectRefusal(
      world,
      await proposalBy(Ada),
      `There are ${2n ** 128n + 1_000n * world.unit} units of voting power at the snapshot, more than a module can count.`,
    )
  })
})
