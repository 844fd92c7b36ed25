import { afterAll, beforeAll, expect, test } from 'vitest'
import { createIngest, type Ingest } from '../../ingest/ingest'
import { accounts } from '../../testing/accounts'
import { startTestChain } from '../../testing/chain'
import { signProposal, signSettings, signVote } from '../../testing/factories'
import { createTestWorld, type TestWorld } from '../../testing/world'
import { deployPickyToken } from '../power/picky-token.suite'
import { finalizeProposal } from './finalize-proposal'
import { getProposal } from './get-proposal'

const { Ada, Ben, Chloe } = accounts
let world: TestWorld
/** Takes messages while the chain cannot be read. */
let cutOff: Ingest

beforeAll(async () => {
  world = await createTestWorld()
  const stopped = await startTestChain()
  await stopped.stop()
  cutOff = createIngest(world.ctx.another({ rpcUrls: { 31337: stopped.rpcUrl } }))
  const address = await deployPickyToken(world.chain, Ben.address)
  const strategies = [{ name: 'erc20-balance-of', params: { address } }]
  await world.ingest.ingest(await signSettings(Ada, { settings: { strategies }, timestamp: world.now() }))
})
afterAll(async () => {
  await cutOff?.close()
  await world?.close()
})

/** A proposal at the newest block that is over, with a pending ballot of each. */
async function closeWithPending(): Promise<string> {
  const timestamp = world.now()
  const snapshot = Number(await world.chain.client.getBlockNumber())
  const { id } = await world.ingest.ingest(
    await signProposal(Ada, { timestamp, snapshot, title: String(snapshot) }),
  )
  for (const who of [Ada, Ben, Chloe]) await cutOff.ingest(await signVote(who, { timestamp, proposal: id }))
  expect((await getProposal(world.ctx, id)).pendingVotes).toBe(3)
  world.clock.advance(4_000)
  return id
}

test('a ballot whose power the contract never tells counts for nothing; the others count', async () => {
  const proposal = await closeWithPending()
  await world.chain.mine(20)
  expect(await finalizeProposal(world.ctx, proposal)).toBe(true)
  expect(await getProposal(world.ctx, proposal)).toMatchObject({
    votes: 2,
    pendingVotes: 0,
    scores: ['2', '0', '0'],
  })
})

test('while the block may still go away, it waits', async () => {
  const proposal = await closeWithPending()
  await expect(finalizeProposal(world.ctx, proposal)).rejects.toMatchObject({ code: 'chain_unavailable' })
  expect(await getProposal(world.ctx, proposal)).toMatchObject({ pendingVotes: 1, scores: ['2', '0', '0'] })
  await world.chain.mine(20)
  expect(await finalizeProposal(world.ctx, proposal)).toBe(true)
})
