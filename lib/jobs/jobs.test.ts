import { setTimeout as sleep } from 'node:timers/promises'
import { parseEther } from 'viem'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { AppError } from '../core/errors'
import { addJobs } from '../db/job/add-jobs'
import { createIngest, type Ingest } from '../ingest/ingest'
import { unixSeconds } from '../platform/clock'
import type { Context } from '../services/context'
import { finalizeProposal } from '../services/proposal/finalize-proposal'
import { getProposal } from '../services/proposal/get-proposal'
import { mockTokenAbi, mockTokenBytecode } from '../testing/abi/mock-token'
import { accounts } from '../testing/accounts'
import { startTestChain, type TestChain } from '../testing/chain'
import { createTestContext, type TestContext } from '../testing/context'
import { signProposal, signSettings, signVote } from '../testing/factories'
import { type RpcServer, startRpcServer } from '../testing/rpc-server'
import { collectCosignatures } from './definitions/collect-cosignatures'
import { finalizeProposal as finalizeJob } from './definitions/finalize-proposal'
import { bindJob } from './job'
import { runJob } from './run-job'
import { startWorker, type Worker } from './start-worker'

const { Ada, Ben, Chloe, Eve } = accounts
let chain: TestChain
let rpc: RpcServer
let isDown = false
let ctx: TestContext
let ingest: Ingest
let snapshot: number

beforeAll(async () => {
  chain = await startTestChain()
  const token = await chain.deploy(mockTokenAbi, mockTokenBytecode, [18])
  for (const [holder, amount] of [
    [Ada, '50'],
    [Ben, '30'],
    [Chloe, '5'],
  ] as const) {
    const args = [holder.address, parseEther(amount)] as const
    await chain.confirm(
      chain.wallet('Hugo').writeContract({ address: token, abi: mockTokenAbi, functionName: 'mint', args }),
    )
  }
  await chain.mine(5)
  snapshot = Number(await chain.client.getBlockNumber()) - 3
  rpc = await startRpcServer(chain.rpcUrl, (_, response, upstream) => {
    if (isDown) response.destroy()
    else return upstream()
  })
  ctx = await createTestContext({
    rpcUrls: { 31337: rpc.url },
    variables: { COMITIA_DEMO: '1', COMITIA_RPC_TIMEOUT_MS: '2000' },
  })
  ingest = createIngest(ctx)
  const settings = { strategies: [{ name: 'erc20-balance-of', params: { address: token } }] }
  await ingest.ingest(await signSettings(Ada, { timestamp: unixSeconds(ctx.clock), settings }))
})
afterAll(async () => {
  await ingest?.close()
  await ctx?.close()
  await rpc?.stop()
  await chain?.stop()
})

/** A proposal that can be voted on for so many seconds. `at` is its snapshot: no power is known at another one yet. */
async function propose(seconds: number, at = snapshot): Promise<string> {
  const timestamp = unixSeconds(ctx.clock)
  const answer = await ingest.ingest(
    await signProposal(Ada, { timestamp, start: timestamp, end: timestamp + seconds, snapshot: at }),
  )
  return answer.id
}

const vote = async (who: typeof Ada, proposal: string, choice: number, later = 0) =>
  ingest.ingest(await signVote(who, { timestamp: unixSeconds(ctx.clock) + later, proposal, choice }))

async function until<T>(what: string, read: () => Promise<T | undefined | false>, ms = 15_000): Promise<T> {
  for (const deadline = Date.now() + ms; ; ) {
    const value = await read()
    if (value !== undefined && value !== false) return value
    if (Date.now() > deadline) throw new Error(`timed out: ${what}`)
    await sleep(100)
  }
}

const finalOf = (proposal: string) =>
  until('a result', async () => {
    const view = await getProposal(ctx, proposal)
    return view.finalizedAt !== null && view
  })

describe('workers', () => {
  let workers: Worker[]
  beforeAll(async () => {
    workers = [await startWorker(ctx.another()), await startWorker(ctx.another())]
  })
  afterAll(async () => {
    for (const worker of workers) await worker.stop()
  })

  test('close and count a proposal by themselves when it has ended', async () => {
    const proposal = await propose(8)
    await vote(Ada, proposal, 1)
    await vote(Ben, proposal, 2)
    await vote(Ben, proposal, 3, 1)
    const view = await finalOf(proposal)
    expect(view).toMatchObject({
      state: 'passed',
      votes: 2,
      scores: [parseEther('50'), 0n, parseEther('30')].map(String),
      outcome: { status: 'passed' },
    })
    expect(view.finalizedAt).toBeGreaterThan(view.end)
    await expect(vote(Chloe, proposal, 1)).rejects.toThrow('not in voting window')
    const { bundle, verification } = await until('its bundle', async () => {
      const view = await getProposal(ctx, proposal)
      return view.bundle !== null && view
    })
    expect(bundle?.sha256).toMatch(/^0x[0-9a-f]{64}$/)
    expect(verification).toMatchObject({ ok: true, failed: [] })
  })

  test('count a ballot later whose power could not be read', async () => {
    const proposal = await propose(60, snapshot - 1)
    await vote(Ada, proposal, 2)
    await withoutChain(async () => {
      const answer = await vote(Ben, proposal, 1)
      expect(answer.power).toEqual({ state: 'pending', total: null })
      expect(await getProposal(ctx, proposal)).toMatchObject({ pendingVotes: 1, votes: 2 })
    })
    const view = await until('the pending ballot', async () => {
      const view = await getProposal(ctx, proposal)
      return view.pendingVotes === 0 && view
    })
    expect(view.scores).toEqual([parseEther('30'), parseEther('50'), 0n].map(String))
  })

  test('leave a proposal closing while powers cannot be read, and count it when they can', async () => {
    const proposal = await propose(5, snapshot - 2)
    await withoutChain(async () => {
      await vote(Ada, proposal, 1)
      await vote(Eve, proposal, 2)
      await sleep(7_000)
      expect(await getProposal(ctx, proposal)).toMatchObject({
        state: 'closing',
        finalizedAt: null,
        pendingVotes: 2,
      })
    })
    // Eve holds nothing: her ballot turns out not to count.
    expect(await finalOf(proposal)).toMatchObject({ state: 'passed', votes: 1, pendingVotes: 0 })
  })
})

test('one proposal is counted once, however many finalise it at once and again', async () => {
  const proposal = await propose(5)
  await vote(Ada, proposal, 1)
  await vote(Chloe, proposal, 2)
  await until('the end', async () => unixSeconds(ctx.clock) > (await getProposal(ctx, proposal)).end)
  const others: Context[] = Array.from({ length: 6 }, () => ctx.another())
  expect(await Promise.all(others.map((other) => finalizeProposal(other, proposal)))).toEqual(
    Array(6).fill(true),
  )
  const first = await ctx.db.prisma.result.findUniqueOrThrow({ where: { proposalId: proposal } })
  expect(await finalizeProposal(ctx, proposal)).toBe(true)
  expect(await ctx.db.prisma.result.findMany({ where: { proposalId: proposal } })).toEqual([first])
  expect(first).toMatchObject({ votes: 2, status: 'passed' })
})

test('nothing is published when the running totals differ from the ballots', async () => {
  const proposal = await propose(5)
  await vote(Ada, proposal, 1)
  await ctx.db.pool.query('update tally_cells set sum = sum + 1 where proposal_id = $1 and key = $2', [
    proposal,
    'total',
  ])
  await until('the end', async () => unixSeconds(ctx.clock) > (await getProposal(ctx, proposal)).end)
  await expect(finalizeProposal(ctx, proposal)).rejects.toSatisfy(
    (error) =>
      error instanceof AppError && error.code === 'fault' && /differ from a recount/.test(error.message),
  )
  expect((await getProposal(ctx, proposal)).state).toBe('closing')
})

test('a snapshot block that vanished moves, and every power is read again', async () => {
  const proposal = await propose(6)
  await vote(Ada, proposal, 1)
  // As if Ada's power had been read at a block that a reorg took away.
  const gone = `0x${'dd'.repeat(32)}`
  await ctx.db.pool.query('update proposals set snapshot_hash = $2 where id = $1', [proposal, gone])
  await ctx.db.pool.query('update votes set power = 7, power_by_strategy = $2 where proposal_id = $1', [
    proposal,
    [7],
  ])
  await ctx.db.pool.query('update tally_cells set sum = 7 where proposal_id = $1 and key <> $2', [
    proposal,
    'ballots',
  ])
  await until('the end', async () => unixSeconds(ctx.clock) > (await getProposal(ctx, proposal)).end)
  expect(await finalizeProposal(ctx, proposal)).toBe(true)
  const view = await getProposal(ctx, proposal)
  expect(view.scores[0]).toBe(parseEther('50').toString())
  expect(view.snapshot.hash).toBe((await chain.client.getBlock({ blockNumber: BigInt(snapshot) })).hash)
})

test('jobs that a killed worker had locked are taken over within seconds', async () => {
  const proposal = await propose(3)
  await until('the end', async () => unixSeconds(ctx.clock) > (await getProposal(ctx, proposal)).end)
  await ctx.db.pool.query('delete from graphile_worker._private_jobs')
  await addJobs(ctx.db.pool, [finalizeJob.at(new Date(), { proposal })])
  await ctx.db.pool.query(
    `update graphile_worker._private_jobs set locked_by = 'pool-dead', locked_at = now() - interval '6 seconds',
       attempts = 1`,
  )
  const worker = await startWorker(ctx.another())
  const started = Date.now()
  await finalOf(proposal)
  expect(Date.now() - started).toBeLessThan(5_000)
  await worker.stop()
})

test('a lost job is queued again from the state of its proposal', async () => {
  const proposal = await propose(3)
  await ctx.db.pool.query('delete from graphile_worker._private_jobs')
  await until('the end', async () => unixSeconds(ctx.clock) > (await getProposal(ctx, proposal)).end)
  const worker = await startWorker(ctx.another())
  await finalOf(proposal)
  await until('the bundles of all that are closed', async () => {
    const [results, bundles] = [await ctx.db.prisma.result.count(), await ctx.db.prisma.bundle.count()]
    return results === bundles
  })
  await worker.stop()
})

test('a job that is about nothing in particular is queued again whatever it did not find', async () => {
  await ctx.db.pool.query('delete from graphile_worker._private_jobs')
  const fail = () => Promise.reject(new AppError('not_found', { message: 'not there' }))
  await runJob(ctx, bindJob(collectCosignatures, fail), {})
  await runJob(ctx, bindJob(finalizeJob, fail), { proposal: '0x1' })
  const { rows } = await ctx.db.pool.query('select key from graphile_worker._private_jobs')
  expect(rows).toEqual([{ key: 'collect-cosignatures' }])
})

/** Runs `work` while every RPC request ends in a broken connection. */
async function withoutChain(work: () => Promise<void>): Promise<void> {
  isDown = true
  try {
    await work()
  } finally {
    isDown = false
  }
}
