import { afterAll, beforeAll, expect, test } from 'vitest'
import { createModuleWorld, type ModuleWorld, payment } from '../../ingest/module-world.suite'
import { accounts } from '../../testing/accounts'
import { signProposal, signVote } from '../../testing/factories'
import { finalizeProposal } from '../proposal/finalize-proposal'
import { getProposalRow } from '../proposal/get-proposal-row'
import { countedBallots } from './counted-ballots'

let world: ModuleWorld
beforeAll(async () => {
  world = await createModuleWorld()
})
afterAll(() => world.close())

test('a result has one array of ballots, once they add up to it', async () => {
  const { ctx, ingest, clock } = world
  const ref = await world.refFor([payment])
  const { id } = await ingest.ingest(await signProposal(accounts.Ada, await world.draft(ref)))
  const timestamp = world.now()
  for (const [index, who] of [accounts.Ben, accounts.Chloe].entries()) {
    const choice = index + 1
    await ingest.ingest(await signVote(who, { space: 'dao', proposal: id, choice, timestamp }))
  }
  clock.advance(3_700)
  await finalizeProposal(ctx, id)
  const read = async () => countedBallots(ctx, await getProposalRow(ctx, id))
  const { scores } = await ctx.db.prisma.result.findUniqueOrThrow({ where: { proposalId: id } })

  await ctx.db.prisma.result.update({ where: { proposalId: id }, data: { scores: ['1', '0', '0'] } })
  await expect(read()).rejects.toMatchObject({ code: 'fault' })
  await ctx.db.prisma.result.update({ where: { proposalId: id }, data: { scores } })
  const ballots = await read()
  expect(ballots.map(({ voter, power }) => [voter, power])).toEqual([
    [accounts.Ben.address, 300n * world.unit],
    [accounts.Chloe.address, 350n * world.unit],
  ])
  expect(await read()).toBe(ballots)
})
