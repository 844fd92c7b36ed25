import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { computeResult } from '../../core/tally/compute-result'
import { tallyFromCells } from '../../core/tally/tally'
import type { HexString } from '../../core/views/hex-string'
import { getVotingSystem } from '../../core/voting/registry'
import { listCells } from '../../db/tally/list-cells'
import { accounts } from '../../testing/accounts'
import {
  type SignedEnvelope,
  signCancel,
  signProposal,
  signSettings,
  signVote,
} from '../../testing/factories'
import { createTestWorld, type TestWorld } from '../../testing/world'
import { expectRefusal } from '../expect-refusal.suite'

const { Ada, Ben, Chloe } = accounts
const one = 10n ** 18n
let world: TestWorld
let proposal: HexString

beforeAll(async () => {
  world = await createTestWorld()
  await world.ingest.ingest(await signSettings(Ada, { timestamp: world.now() }))
  await world.ingest.ingest(await signSettings(Ada, { space: 'other', timestamp: world.now() }))
  const params = { addresses: [Ada.address, Ben.address] }
  const strategies = [{ name: 'whitelist', params }]
  await world.ingest.ingest(
    await signSettings(Ada, { space: 'listed', settings: { strategies }, timestamp: world.now() }),
  )
})
afterAll(() => world.close())

beforeEach(async () => {
  proposal = await propose()
})

async function propose(message: Partial<Parameters<typeof signProposal>[1]> = {}): Promise<HexString> {
  // A second apart, so that no two proposals are one.
  world.clock.advance(1)
  return (await world.ingest.ingest(await signProposal(Ada, { timestamp: world.now(), ...message }))).id
}

function voteBy(who: typeof Ada, message: Partial<Parameters<typeof signVote>[1]> = {}) {
  return signVote(who, { proposal, timestamp: world.now(), ...message })
}

/** The running result and counters of `proposal`. */
async function standing(type = 'basic', options = 3) {
  const row = await world.ctx.db.prisma.proposal.findUniqueOrThrow({ where: { id: proposal } })
  const cells = await listCells(world.ctx.db, [proposal])
  const tally = tallyFromCells(
    cells.map(({ strategy, key, sum }) => ({ strategy, key, amount: sum })),
    1,
  )
  const { scores, total, ballots } = computeResult(getVotingSystem(type), tally, options)
  return { scores, total, ballots, voteCount: row.voteCount, pendingCount: row.pendingCount }
}

test('votes are counted as they come', async () => {
  await world.ingest.ingest(await voteBy(Ada))
  await world.ingest.ingest(
    await voteBy(Ben, { choice: 2, reason: 'No.', app: 'test', metadata: '{"a":[1]}' }),
  )
  expect(await standing()).toEqual({
    scores: [one, one, 0n],
    total: 2n * one,
    ballots: 2,
    voteCount: 2,
    pendingCount: 0,
  })
  const row = await world.ctx.db.prisma.vote.findFirstOrThrow({
    where: { proposalId: proposal, voter: Ben.address },
  })
  expect(row).toMatchObject({ choice: 2, reason: 'No.', app: 'test', metadata: { a: [1] }, current: true })
})

test('a re-vote replaces, and both ballots are kept', async () => {
  await world.ingest.ingest(await voteBy(Ada))
  world.clock.advance(1)
  await world.ingest.ingest(await voteBy(Ada, { choice: 3 }))
  expect(await standing()).toMatchObject({ scores: [0n, 0n, one], total: one, ballots: 1, voteCount: 1 })
  const rows = await world.ctx.db.prisma.vote.findMany({
    where: { proposalId: proposal },
    orderBy: { logIndex: 'asc' },
  })
  expect(rows.map(({ choice, current }) => ({ choice, current }))).toEqual([
    { choice: 1, current: false },
    { choice: 3, current: true },
  ])
  const space = await world.ctx.db.prisma.space.findUniqueOrThrow({ where: { id: 'test' } })
  const voters = await world.ctx.db.prisma.vote.groupBy({ by: ['proposalId', 'voter'] })
  expect(space.voteCount).toBe(voters.length)
})

test('of two ballots of one voter the later one stands, whichever comes first', async () => {
  world.clock.advance(10)
  await world.ingest.ingest(await voteBy(Ada))
  const older = await voteBy(Ada, { choice: 2, timestamp: world.now() - 5 })
  await expectRefusal(world, older, 'already voted at later time')
})

test('of two ballots of one second the one with the greater id stands', async () => {
  const ballots = await Promise.all([1, 2, 3].map((choice) => voteBy(Ada, { choice })))
  const ordered = await byId(ballots)
  const [low, middle, high] = ordered as [SignedEnvelope, SignedEnvelope, SignedEnvelope]
  await world.ingest.ingest(middle)
  await expectRefusal(world, low, 'already voted same time with lower index')
  await world.ingest.ingest(high)
  expect((await standing()).ballots).toBe(1)
})

async function byId(envelopes: readonly SignedEnvelope[]) {
  const { parseEnvelope } = await import('../../core/messages/parse-envelope')
  const { resolveMessage } = await import('../../core/messages/resolve-message')
  const idOf = (envelope: SignedEnvelope) => resolveMessage(parseEnvelope(envelope)).id
  return [...envelopes].sort((a, b) => (idOf(a) < idOf(b) ? -1 : 1))
}

describe('the window', () => {
  test('opens with the second `start` and closes after the second `end`, by both clocks', async () => {
    const start = world.now() + 100
    proposal = await propose({ start, end: start + 100 })
    await expectRefusal(world, await voteBy(Ada), 'not in voting window')
    await expectRefusal(world, await voteBy(Ada, { timestamp: start }), 'not in voting window')
    world.clock.advance(start - world.now())
    await expectRefusal(world, await voteBy(Ada, { timestamp: start - 1 }), 'not in voting window')
    await world.ingest.ingest(await voteBy(Ada))
    world.clock.advance(100)
    await expectRefusal(world, await voteBy(Ben, { timestamp: start + 101 }), 'not in voting window')
    await world.ingest.ingest(await voteBy(Ben))
    world.clock.advance(1)
    await expectRefusal(world, await voteBy(Chloe, { timestamp: start + 100 }), 'not in voting window')
  })

  test('is shut for good once the proposal is closed, also for a server whose clock is slow', async () => {
    proposal = await propose({ start: world.now(), end: world.now() + 10 })
    await world.ctx.db.query('update proposals set closed_at = now() where id = $1', [proposal])
    await expectRefusal(world, await voteBy(Ada), 'not in voting window')
  })
})

test.each<[string, Partial<Parameters<typeof signProposal>[1]>, Partial<Parameters<typeof signVote>[1]>]>([
  ['option 0', {}, { choice: 0 }],
  ['an option too far', {}, { choice: 4 }],
  ['a list for one option', {}, { ballot: 'multiple', choice: [1] }],
  ['a fraction', {}, { ballot: 'weighted', choice: 1.5 }],
  ['text', {}, { ballot: 'weighted', choice: 'For' as never }],
  ['the same option twice', { type: 'approval' }, { ballot: 'multiple', choice: [1, 1] }],
  ['half a ranking', { type: 'ranked-choice' }, { ballot: 'ranked', choice: [1, 2] }],
  ['a negative weight', { type: 'weighted' }, { ballot: 'weighted', choice: { 1: -1 } }],
  ['weight for no option', { type: 'weighted' }, { ballot: 'weighted', choice: { 9: 1 } }],
])('refuses %s', async (_, of, message) => {
  proposal = await propose(of)
  await expectRefusal(world, await voteBy(Ada, message), 'invalid choice')
})

test('a choice that is no JSON is none', async () => {
  const ballot = await voteBy(Ada, { ballot: 'weighted', choice: 1 })
  const { signMessage } = await import('../../testing/factories')
  const { domain, types, message } = ballot.data
  const broken = await signMessage(Ada, {
    domain,
    types,
    primaryType: 'Vote',
    message: { ...message, choice: '{' },
  })
  await expectRefusal(world, broken, 'invalid choice')
})

test('every voting system takes a ballot of its own kind', async () => {
  const cases = [
    { type: 'approval', ballot: 'multiple', choice: [1, 3], scores: [one, 0n, one] },
    { type: 'approval', ballot: 'multiple', choice: [], scores: [0n, 0n, 0n] },
    { type: 'single-choice', ballot: 'single', choice: 2, scores: [0n, one, 0n] },
    { type: 'ranked-choice', ballot: 'ranked', choice: [2, 1, 3], scores: [0n, one, 0n] },
    { type: 'weighted', ballot: 'weighted', choice: { 1: 1, 2: 3 }, scores: [one / 4n, (3n * one) / 4n, 0n] },
  ] as const
  for (const { type, ballot, choice, scores } of cases) {
    proposal = await propose({ type, title: `${type} ${JSON.stringify(choice)}` })
    await world.ingest.ingest(await voteBy(Ada, { ballot, choice }))
    expect((await standing(type)).scores, type).toEqual(scores)
  }
})

test.each([
  ['too long a reason', { reason: 'x'.repeat(5001) }, 'wrong vote format'],
  ['too long an app', { app: 'x'.repeat(25) }, 'wrong vote format'],
  ['too much metadata', { metadata: JSON.stringify({ text: 'x'.repeat(2000) }) }, 'too large metadata'],
  ['a space that is not there', { space: 'nowhere' }, 'unknown space'],
  ["another space's name", { space: 'other' }, 'unknown proposal'],
  ['a proposal that is not there', { proposal: `0x${'ab'.repeat(32)}` }, 'unknown proposal'],
  ['a proposal with a space in it', { proposal: '0xab cd' }, 'proposal cannot contain whitespace'],
])('refuses %s', async (_, message, words) => {
  await expectRefusal(world, await voteBy(Ada, message), words)
})

test('a hidden proposal takes no votes', async () => {
  await world.ingest.ingest(await voteBy(Ada))
  await world.ingest.ingest(await signCancel(Ada, { proposal, timestamp: world.now() }))
  await expectRefusal(world, await voteBy(Ben), 'unknown proposal')
})

test('who has no power has no vote', async () => {
  proposal = await propose({ space: 'listed' })
  await world.ingest.ingest(await voteBy(Ben, { space: 'listed' }))
  await expectRefusal(world, await voteBy(Chloe, { space: 'listed' }), 'no voting power')
})
