import fc from 'fast-check'
import { type Address, parseEther } from 'viem'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { demoTokenAbi, demoTokenBytecode } from '../../chain/abi/demo-token'
import type { SpaceSettings } from '../../core/messages/settings'
import { listCells } from '../../db/tally/list-cells'
import { findVerification } from '../../db/verification/find-verification'
import { listBallots } from '../../db/vote/list-ballots'
import { delegate, placeRegistries, send, split, type Who } from '../../strategies/examples.suite'
import { accounts } from '../../testing/accounts'
import { signProposal, signSettings, signVote } from '../../testing/factories'
import { createTestWorld, type TestWorld } from '../../testing/world'
import { writeBundle } from '../bundle/write-bundle'
import { finalizeProposal } from './finalize-proposal'
import { getProposal } from './get-proposal'
import { measureProvisional } from './measure-provisional'
import { runningResult } from './running-result'

const names = ['Ada', 'Ben', 'Chloe', 'Dan', 'Eve', 'Femi', 'Grace'] as const satisfies readonly Who[]
const held: Readonly<Record<(typeof names)[number], bigint>> = {
  ...{ Ada: 1n, Ben: 10n, Chloe: 100n, Dan: 1_000n, Eve: 10_000n, Femi: 100_000n, Grace: 1_000_000n },
}
const total = Object.values(held).reduce((sum, amount) => sum + amount, 0n)
type Graph = readonly (readonly [from: Who, to: Who])[]

let world: TestWorld
let token: Address

/** Sources of power by which every token counts once at most, whoever votes. */
const systems: Readonly<Record<string, (space: string) => SpaceSettings['strategies']>> = {
  'erc20-votes-with-override': () => [
    { name: 'erc20-votes-with-override', params: { address: token, decimals: 18 } },
  ],
  delegation: (space) => [
    { name: 'erc20-balance-of', params: { address: token } },
    { name: 'delegation', params: { delegationSpace: space, strategies: [own()] } },
  ],
  'erc20-balance-of-delegation': (space) => [
    { name: 'erc20-balance-of', params: { address: token } },
    { name: 'erc20-balance-of-delegation', params: { address: token, delegationSpace: space } },
  ],
  'split-delegation': (space) => [
    {
      name: 'split-delegation',
      params: { delegationSpace: space, strategies: [own()], delegationOverride: true },
    },
  ],
}
const own = () => ({ name: 'erc20-balance-of', params: { address: token } })

beforeAll(async () => {
  world = await createTestWorld()
  await placeRegistries(world)
  token = await world.chain.deploy(demoTokenAbi, demoTokenBytecode, [
    names.map((name) => accounts[name].address),
    names.map((name) => parseEther(String(held[name]))),
  ])
}, 30_000)
afterAll(() => world?.close())

let spaces = 0

/** A space of its own for a graph, and the block at which it stands. */
async function setUp(system: string, graph: Graph): Promise<Ground> {
  spaces += 1
  const space = `graph-${spaces}`
  const lent = new Map(graph)
  const lend = async (from: Who) => {
    const to = lent.get(from) ?? from
    if (system === 'erc20-votes-with-override')
      await send(world, from, [token, demoTokenAbi, 'delegate'], accounts[to].address)
    else if (to !== from && system === 'split-delegation')
      await split(world, from, space, { [to]: 1, Hugo: 1 })
    else if (to !== from) await delegate(world, from, to, space)
  }
  await Promise.all(names.map(lend))
  const snapshot = Number(await world.chain.client.getBlockNumber())
  await world.chain.mine(3)
  const settings = { strategies: systems[system]?.(space) ?? [] }
  await world.ingest.ingest(await signSettings(accounts.Ada, { space, settings, timestamp: world.now() }))
  return { space, snapshot }
}

interface Ground {
  readonly space: string
  readonly snapshot: number
}

async function vote(space: string, proposal: string, who: Who): Promise<void> {
  const choice = 1 + (names.indexOf(who as (typeof names)[number]) % 3)
  const envelope = await signVote(accounts[who], { space, proposal, choice, timestamp: world.now() })
  await world.ingest.ingest(envelope).catch((error: Error) => {
    // Whoever can never have any is turned away at once.
    expect(error.message).toBe('no voting power')
  })
}

/** Powers that are counted, by voter; running totals fit them. */
async function recount(proposal: string): Promise<Map<string, bigint>> {
  const powers = new Map<string, bigint>()
  for await (const page of listBallots(world.ctx.db, proposal)) {
    for (const { voter, power } of page) powers.set(voter, power ?? 0n)
  }
  const row = await world.ctx.db.prisma.proposal.findUniqueOrThrow({ where: { id: proposal } })
  const running = runningResult(row, await listCells(world.ctx.db, [proposal]))
  expect(running.total).toBe(sum(powers))
  expect(row.voteCount).toBe([...powers.values()].filter((power) => power > 0n).length)
  return powers
}

const sum = (powers: ReadonlyMap<string, bigint>) =>
  [...powers.values()].reduce((all, power) => all + power, 0n)

/** Votes in that order, powers brought up to date in between, to the result. */
async function elect({ space, snapshot }: Ground, order: readonly Who[]) {
  const { ctx, clock, ingest, now } = world
  const { id: proposal } = await ingest.ingest(
    await signProposal(accounts.Ada, { space, snapshot, timestamp: now() }),
  )
  for (const who of order) {
    await vote(space, proposal, who)
    while ((await measureProvisional(ctx, proposal)) > 0);
  }
  const running = await recount(proposal)
  clock.advance(4_000)
  expect(await finalizeProposal(ctx, proposal)).toBe(true)
  const final = await recount(proposal)
  // What the page showed last is the result: nobody came after.
  expect(running).toEqual(final)
  expect(sum(final)).toBeLessThanOrEqual(parseEther(String(total)))
  expect(await ctx.db.prisma.vote.count({ where: { proposalId: proposal, provisional: true } })).toBe(0)
  return { proposal, final }
}

// Dense enough for lenders, their delegates and circles to vote in nearly every case.
const hubs = fc.constantFrom<Who>(...names.slice(0, 4))
const graphs = fc.uniqueArray(fc.tuple(fc.constantFrom<Who>(...names), hubs), {
  selector: ([from]) => from,
  minLength: 5,
})
const voters = fc.uniqueArray(fc.constantFrom<Who>(...names), { minLength: 5 })

test.each(Object.keys(systems))(
  '%s: no token counts twice, whoever votes in whatever order',
  async (system) => {
    await fc.assert(
      fc.asyncProperty(graphs, voters, async (graph, order) => {
        const ground = await setUp(system, graph)
        const forward = await elect(ground, order)
        const backward = await elect(ground, order.toReversed())
        expect(backward.final).toEqual(forward.final)
      }),
      // Shrinking would take longer than reading the case.
      { numRuns: 2, endOnFailure: true },
    )
  },
  60_000,
)

test('a ballot has the most it can have, then what is left beside those of others, then no more changes', async () => {
  const { ctx, ingest, now, clock } = world
  const { space, snapshot } = await setUp('erc20-votes-with-override', [
    ['Grace', 'Ada'],
    ['Femi', 'Ada'],
  ])
  const { id } = await ingest.ingest(await signProposal(accounts.Ada, { space, snapshot, timestamp: now() }))
  const view = async () => {
    const { scores, votes } = await getProposal(ctx, id)
    return { scores: scores.map((score) => BigInt(score) / 10n ** 18n), votes }
  }
  await vote(space, id, 'Ada')
  expect(await view()).toEqual({ scores: [1_100_001n, 0n, 0n], votes: 1 })
  await vote(space, id, 'Grace')
  const kept = await ctx.db.prisma.powerAnswer.count()
  expect(await measureProvisional(ctx, id)).toBe(2)
  expect(await ctx.db.prisma.powerAnswer.count()).toBe(kept)
  expect(await view()).toEqual({ scores: [1_100_001n, 0n, 0n], votes: 2 })
  expect(Object.fromEntries(await recount(id))).toEqual({
    [accounts.Ada.address]: parseEther('100001'),
    [accounts.Grace.address]: parseEther('1000000'),
  })
  expect(await measureProvisional(ctx, id)).toBe(0)

  // Nobody brings it up to date before the end.
  await vote(space, id, 'Femi')
  clock.advance(4_000)
  expect(await finalizeProposal(ctx, id)).toBe(true)
  expect(Object.fromEntries(await recount(id))).toEqual({
    [accounts.Ada.address]: parseEther('1'),
    [accounts.Grace.address]: parseEther('1000000'),
    [accounts.Femi.address]: parseEther('100000'),
  })

  // Whoever audits it from its bundle counts the same.
  await writeBundle(ctx, id)
  const { checks } = (await findVerification(ctx.db, id)) ?? { checks: [] }
  expect(checks.find((check) => check.id === 'chain')).toMatchObject({ status: 'passed' })
})
