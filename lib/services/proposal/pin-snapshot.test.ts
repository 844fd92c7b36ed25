import { afterAll, beforeAll, expect, test } from 'vitest'
import { resetPowers } from '../../db/proposal/reset-powers'
import { createModuleWorld, type ModuleWorld, payment } from '../../ingest/module-world.suite'
import { accounts } from '../../testing/accounts'
import { signProposal } from '../../testing/factories'
import { finalizeProposal } from './finalize-proposal'
import { getProposalRow } from './get-proposal-row'
import { pinSnapshot } from './pin-snapshot'

const rule = { kind: 'majority', quorum: { required: (40n * 10n ** 18n).toString(), counted: [1, 3] } }
let world: ModuleWorld

beforeAll(async () => {
  world = await createModuleWorld({ isTimed: true })
})
afterAll(() => world.close())

async function propose(): Promise<string> {
  await world.tick(12)
  const ref = await world.refFor([payment])
  return (await world.ingest.ingest(await signProposal(accounts.Ada, await world.draft(ref)))).id
}

/** As if snapshot and total had been read at a block that a reorg took away. */
async function lose(id: string): Promise<void> {
  const stale = { ...rule, quorum: { ...rule.quorum, required: '1' } }
  const snapshotHash = `0x${'00'.repeat(32)}`
  await world.ctx.db.prisma.proposal.update({ where: { id }, data: { snapshotHash, rule: stale } })
}

test('the quorum of a module is read again with the snapshot that a reorg has moved', async () => {
  const id = await propose()
  const before = await getProposalRow(world.ctx, id)
  expect(before.rule).toEqual(rule)
  await lose(id)
  await pinSnapshot(world.ctx, id)
  expect(await getProposalRow(world.ctx, id)).toEqual(before)
})

test('the quorum as it is read again decides, and a published result stays', async () => {
  const id = await propose()
  await lose(id)
  world.clock.advance(3_700)
  expect(await finalizeProposal(world.ctx, id)).toBe(true)
  const final = await getProposalRow(world.ctx, id)
  expect(final).toMatchObject({ rule, result: { status: 'quorum-missed' } })
  const other = { hash: `0x${'11'.repeat(32)}`, timestamp: 1 }
  await resetPowers(world.ctx.db, id, other)
  expect(await getProposalRow(world.ctx, id)).toEqual(final)
})
