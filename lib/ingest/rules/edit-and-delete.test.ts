import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { buildPlugins } from '../../core/settlement/plugins'
import type { HexString } from '../../core/views/hex-string'
import { storeExecution } from '../../db/execution/store-execution'
import { accounts } from '../../testing/accounts'
import { signCancel, signProposal, signSettings, signUpdate, signVote } from '../../testing/factories'
import { createTestWorld, type TestWorld } from '../../testing/world'
import { expectRefusal } from '../expect-refusal.suite'
import { createIngest } from '../ingest'

const { Ada, Ben, Chloe, Dan, Eve } = accounts
const treasuries = [{ name: 'Safe', address: Eve.address as HexString, network: '31337' }]
const roles = { admins: [Chloe.address], moderators: [Dan.address], members: [Eve.address] }
let world: TestWorld
/** Ben's, about to start. */
let proposal: HexString

beforeAll(async () => {
  world = await createTestWorld()
  const settings = { ...roles, treasuries, voting: { quorum: 1 } }
  await world.ingest.ingest(await signSettings(Ada, { settings, timestamp: world.now() }))
  const timestamp = world.now()
  await world.ingest.ingest(
    await signSettings(Ada, {
      space: 'strict',
      settings: { voting: { type: 'approval', privacy: '' } },
      timestamp,
    }),
  )
})
afterAll(() => world.close())

beforeEach(async () => {
  world.clock.advance(1)
  proposal = await propose()
})

async function propose(message: Partial<Parameters<typeof signProposal>[1]> = {}): Promise<HexString> {
  const timestamp = world.now()
  return (
    await world.ingest.ingest(await signProposal(Ben, { timestamp, start: timestamp + 100, ...message }))
  ).id
}

function findProposal() {
  return world.ctx.db.prisma.proposal.findUniqueOrThrow({ where: { id: proposal } })
}

function updateBy(who: typeof Ada, message: Partial<Parameters<typeof signUpdate>[1]> = {}) {
  return signUpdate(who, { proposal, timestamp: world.now(), ...message })
}

function cancelBy(who: typeof Ada, message: Partial<Parameters<typeof signCancel>[1]> = {}) {
  return signCancel(who, { proposal, timestamp: world.now(), ...message })
}

test('an edit replaces text, type and rule; times, block, strategies and quorum stay', async () => {
  const before = await findProposal()
  const settings = { ...roles, treasuries, voting: { quorum: 9 } }
  await world.ingest.ingest(await signSettings(Ada, { settings, timestamp: world.now() }))
  const edit = await updateBy(Ben, {
    title: 'New',
    type: 'approval',
    choices: ['A', 'B', 'C', 'D'],
    labels: ['x'],
  })
  const { id } = await world.ingest.ingest(edit)
  expect(await findProposal()).toEqual({
    ...before,
    definedBy: id,
    title: 'New',
    body: 'We may.',
    type: 'approval',
    choices: ['A', 'B', 'C', 'D'],
    labels: ['x'],
    rule: { kind: 'leader', quorum: { required: '1000000000000000000', counted: 'total' } },
    updatedAt: new Date(world.clock.now()),
  })
})

test('an edit must be younger than the text it replaces', async () => {
  const early = await updateBy(Ben, { timestamp: world.now() - 1 })
  await expectRefusal(world, early, 'proposal already updated at later time')
  await world.ingest.ingest(await updateBy(Ben, { timestamp: world.now() + 10 }))
  const late = await updateBy(Ben, { title: 'Held back', timestamp: world.now() + 9 })
  await expectRefusal(world, late, 'proposal already updated at later time')
})

test('votes are checked against the edited text, by every process', async () => {
  const other = createIngest(world.ctx.another())
  await world.ingest.ingest(await updateBy(Ben, { type: 'single-choice', choices: ['A', 'B', 'C', 'D'] }))
  world.clock.advance(100)
  await other.ingest(await signVote(Ada, { proposal, choice: 4, timestamp: world.now() }))
  await world.ingest.ingest(await signVote(Ben, { proposal, choice: 4, timestamp: world.now() }))
  expect((await findProposal()).voteCount).toBe(2)
})

test.each<[string, typeof Ada, Partial<Parameters<typeof signUpdate>[1]>, string]>([
  ['not by its author', Ada, {}, 'Not the author'],
  ['not by an admin', Chloe, {}, 'Not the author'],
  ['of nothing', Ben, { proposal: `0x${'ab'.repeat(32)}` }, 'unknown proposal'],
  ['from another space', Ben, { space: 'strict' }, 'unknown proposal'],
  ['to no title', Ben, { title: '' }, 'wrong proposal format'],
  ['to basic with one choice', Ben, { choices: ['A'] }, 'wrong choices for "basic" type voting'],
  ['to shielded voting', Ben, { privacy: 'shutter' }, 'shielded voting is not available'],
  [
    'to an execution',
    Ben,
    { plugins: buildPlugins({ chainId: 31337, safe: Eve.address, executionHash: `0x${'12'.repeat(32)}` }) },
    'A proposal with an execution cannot be edited: delete it and make a new one.',
  ],
])('refuses an edit %s', async (_, who, message, words) => {
  await expectRefusal(world, await updateBy(who, message), words)
})

test('refuses an edit against what the space prescribes', async () => {
  proposal = await propose({ space: 'strict', type: 'approval' })
  await expectRefusal(world, await updateBy(Ben, { space: 'strict' }), 'space voting type mismatch')
  const shielded = await updateBy(Ben, { space: 'strict', type: 'approval', privacy: 'shutter' })
  await expectRefusal(world, shielded, 'not allowed to set privacy')
})

test('a proposal that has started keeps its text', async () => {
  world.clock.advance(100)
  await expectRefusal(world, await updateBy(Ben), 'proposal already started')
})

test('a proposal with an execution keeps its text', async () => {
  const executionHash = `0x${'34'.repeat(32)}` as const
  await storeExecution(world.ctx.db, {
    hash: executionHash,
    chainId: 31337,
    verifier: Eve.address,
    safe: null,
    calls: [],
    createdAt: new Date(),
  })
  proposal = await propose({ plugins: buildPlugins({ chainId: 31337, safe: Eve.address, executionHash }) })
  await expectRefusal(
    world,
    await updateBy(Ben),
    'A proposal with an execution cannot be edited: delete it and make a new one.',
  )
})

test.each([
  ['its author', Ben, 'author'],
  ['an admin', Chloe, 'admin'],
  ['a moderator', Dan, 'moderator'],
])('%s may delete it: it is hidden, and says by whom', async (_, who, as) => {
  const { proposalCount } = await world.ctx.db.prisma.space.findUniqueOrThrow({ where: { id: 'test' } })
  await world.ingest.ingest(await cancelBy(who))
  expect(await findProposal()).toMatchObject({
    hiddenAt: new Date(world.clock.now()),
    hiddenBy: who.address,
    hiddenAs: as,
    title: 'Shall we?',
  })
  const space = await world.ctx.db.prisma.space.findUniqueOrThrow({ where: { id: 'test' } })
  expect(space.proposalCount).toBe(proposalCount - 1)
})

test('nobody else may', async () => {
  for (const who of [Ada, Eve])
    await expectRefusal(world, await cancelBy(who), 'not authorized to archive proposal')
  await expectRefusal(world, await cancelBy(Ben, { space: 'strict' }), 'unknown proposal')
})

test('what is deleted cannot be deleted, edited or voted on', async () => {
  await world.ingest.ingest(await cancelBy(Ben))
  await expectRefusal(world, await cancelBy(Chloe), 'unknown proposal')
  await expectRefusal(world, await updateBy(Ben), 'unknown proposal')
  world.clock.advance(100)
  await expectRefusal(world, await signVote(Ada, { proposal, timestamp: world.now() }), 'unknown proposal')
})

test('a finished vote stays, whoever would rather not have it', async () => {
  world.clock.advance(100 + 3600)
  for (const who of [Ben, Chloe, Dan]) {
    const words = 'not authorized to archive proposal: its voting has ended'
    await expectRefusal(world, await cancelBy(who), words)
  }
})
