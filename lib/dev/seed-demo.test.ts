import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { createPublicClient, http, parseEther } from 'viem'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { getProposal } from '../services/proposal/get-proposal'
import { listVotes } from '../services/vote/list-votes'
import { startTestChain, type TestChain } from '../testing/chain'
import { createTestContext, type TestContext } from '../testing/context'
import { catchUpWithTime } from './catch-up-with-time'
import { demoAccounts } from './demo-accounts'
import { type DemoContracts, setUpDemoContracts } from './demo-contracts'
import { seedDemo } from './seed-demo'

const DAY = 86_400
const presentMs = Date.now()
let elapsedMs = 0
let dir: string
let chain: TestChain
let ctx: TestContext
let contracts: DemoContracts

beforeAll(async () => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), 'comitia-seed-'))
  const genesis = Math.floor(presentMs / 1000) - 9 * DAY
  chain = await startTestChain({ flags: ['--timestamp', String(genesis)] })
  const keys = { operator: demoAccounts.Hugo.address, receiptKey: demoAccounts.Hugo.address }
  contracts = await setUpDemoContracts(chain.rpcUrl, path.join(dir, 'contracts.json'), keys)
  await catchUpWithTime(chain.rpcUrl)
  ctx = await createTestContext({
    clock: { now: () => presentMs + elapsedMs },
    rpcUrls: { 31337: chain.rpcUrl },
  })
})

afterAll(async () => {
  await ctx.close()
  await chain.stop()
  fs.rmSync(dir, { recursive: true })
})

test('the space shows every state of a proposal, the one to vote on first', async () => {
  const proposals = await seedDemo(ctx, contracts)
  expect(proposals.map(({ state, type, hasExecution }) => [state, type, hasExecution])).toEqual([
    ['active', 'basic', true],
    ['active', 'ranked-choice', false],
    ['pending', 'basic', false],
    ['rejected', 'basic', true],
    ['executed', 'basic', true],
  ])
  const [first] = proposals
  const now = presentMs / 1000
  expect(first?.start).toBeLessThan(now - 600)
  expect(first?.end).toBeGreaterThan(now + DAY)
})

test('its module settles the proposal to vote on, owners what is past', async () => {
  const proposals = await seedDemo(ctx, contracts)
  const views = await Promise.all(proposals.map(({ id }) => getProposal(ctx, id)))
  expect(views.map(({ execution }) => execution?.module ?? execution?.executor ?? null)).toEqual([
    contracts.module,
    null,
    null,
    'safe-signers',
    'safe-signers',
  ])
})

test('what passed was paid, and what was rejected was not', async () => {
  const client = createPublicClient({ transport: http(chain.rpcUrl) })
  expect(await client.getBalance({ address: contracts.safe })).toBe(parseEther('36'))
})

test('every ballot was accepted when it was cast', async () => {
  for (const { id, votes } of await seedDemo(ctx, contracts)) {
    const { start, end, createdAt } = await getProposal(ctx, id)
    const { items } = await listVotes(ctx, { proposal: id, first: 100, order: 'new' })
    expect(items).toHaveLength(votes)
    for (const vote of items) {
      expect(vote.acceptedAt).toBe(vote.createdAt)
      expect(vote.acceptedAt).toBeGreaterThanOrEqual(Math.max(start, createdAt))
      expect(vote.acceptedAt).toBeLessThanOrEqual(end)
      expect(vote.powerState).toBe('counted')
    }
  }
})

test('all eight accounts have votes, each another number', async () => {
  const { token } = contracts
  const abi = [
    {
      type: 'function',
      name: 'getVotes',
      stateMutability: 'view',
      inputs: [{ type: 'address' }],
      outputs: [{ type: 'uint256' }],
    },
  ] as const
  const votes = await Promise.all(
    Object.values(demoAccounts).map(({ address }) =>
      chain.client.readContract({ abi, address: token, functionName: 'getVotes', args: [address] }),
    ),
  )
  expect(new Set(votes.filter((power) => power > 0n)).size).toBe(8)
})

test('new proposals are added when none can be voted on, and not before', async () => {
  const before = await seedDemo(ctx, contracts)
  elapsedMs = 4 * DAY * 1000
  expect(await seedDemo(ctx, contracts)).toHaveLength(before.length)
  elapsedMs = 6.5 * DAY * 1000
  const after = await seedDemo(ctx, contracts)
  expect(after.length).toBeGreaterThan(before.length)
  expect(after[0]).toMatchObject({ state: 'active', type: 'basic', hasExecution: true })
})
