import { afterAll, beforeAll, expect, test } from 'vitest'
import { accounts } from '../../testing/accounts'
import { signProposal, signSettings, signVote } from '../../testing/factories'
import { createTestWorld, type TestWorld } from '../../testing/world'
import { getProposalRow } from './get-proposal-row'
import { readCounts } from './read-counts'

const { Ada, Ben, Chloe } = accounts
let world: TestWorld

beforeAll(async () => {
  world = await createTestWorld()
  await world.ingest.ingest(await signSettings(Ada, { timestamp: world.now() }))
})
afterAll(() => world.close())

async function propose(title: string): Promise<string> {
  const envelope = await signProposal(Ada, { timestamp: world.now(), title })
  return (await world.ingest.ingest(envelope)).id
}

async function vote(who: typeof Ada, proposal: string): Promise<void> {
  await world.ingest.ingest(await signVote(who, { timestamp: world.now(), proposal }))
}

/** Whole votes for option 1. */
async function countOf(id: string): Promise<number> {
  const row = await getProposalRow(world.ctx, id)
  const count = (await readCounts(world.ctx, [row]))(row)
  expect(count.scoresByStrategy).toEqual(count.scores.map((score) => [score]))
  return Number(BigInt(count.scores[0] ?? 0) / 10n ** 18n)
}

test('a count of few ballots is that of this moment', async () => {
  const proposal = await propose('Few')
  expect(await countOf(proposal)).toBe(0)
  await vote(Ada, proposal)
  expect(await countOf(proposal)).toBe(1)
})

test('a count of many ballots is made once a second, however many ask', async () => {
  const proposal = await propose('Many')
  await vote(Ada, proposal)
  await world.ctx.db.query('update proposals set vote_count = 501 where id = $1', [proposal])
  expect(await Promise.all([countOf(proposal), countOf(proposal)])).toEqual([1, 1])
  await vote(Ben, proposal)
  expect(await countOf(proposal)).toBe(1)
  world.clock.advance(1)
  expect(await countOf(proposal)).toBe(2)
  await vote(Chloe, proposal)
  expect(await countOf(proposal)).toBe(2)
})
