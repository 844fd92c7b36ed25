import { setTimeout as sleep } from 'node:timers/promises'
import { encodeFunctionData, type Hex, keccak256, parseEther, parseTransaction, toHex } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addJobs } from '../../db/job/add-jobs'
import { listDueProposals } from '../../db/proposal/list-due-proposals'
import { moduleAbi } from '../../execution/module/module-abi'
import { payment } from '../../execution/module-world.suite'
import { settleProposal as settleJob } from '../../jobs/definitions/settle-proposal'
import { startWorker } from '../../jobs/start-worker'
import { accounts } from '../../testing/accounts'
import { signCancel } from '../../testing/factories'
import { startRpcServer } from '../../testing/rpc-server'
import { watchChains } from '../chain/watch-chains'
import { storeReason } from '../reason/store-reason'
import { demandSettlement } from './demand-settlement'
import { getActTransaction } from './get-act-transaction'
import { getSettlement } from './get-settlement'
import { keeper, type ModuleSpace, otherKeeper, startModuleSpace } from './module-space.suite'
import { refreshSettlement } from './refresh-settlement'
import { settleProposal } from './settle-proposal'

let space: ModuleSpace
beforeAll(async () => {
  space = await startModuleSpace()
}, 120_000)
afterAll(() => space?.stop())

const view = (id: Hex) => getSettlement(space.ctx, id)
const executed = (id: Hex) => async () => (await space.stateOf(id)) === 'executed'
const steps = async (id: Hex) => (await space.sent(id)).map(({ step, outcome }) => `${step} ${outcome}`)

const register = (id: Hex, by = space.keeping()) =>
  space.settleUntil(by, id, async () => (await space.stateOf(id)) === 'waiting')

/** Registered, voted on, counted. */
async function decide(choices: readonly (1 | 2 | 3)[] = [1, 1, 2]): Promise<Hex> {
  const id = await space.propose()
  await register(id)
  await space.vote(id, choices)
  await space.close(id)
  return id
}

test('a worker alone brings what passed from its proposal to the payment, once', async () => {
  const { receiver } = space
  const before = await space.balanceOf(receiver)
  const worker = await startWorker(space.keeping(keeper, { variables: { COMITIA_DEMO: '1' } }))
  const id = await space.propose({ calls: [payment(1_000_000n)] })
  await space.vote(id)
  try {
    for (const deadline = Date.now() + 60_000; !(await executed(id)()); await sleep(200)) {
      if (Date.now() > deadline) throw new Error(JSON.stringify(await view(id)))
    }
  } finally {
    await worker.stop()
  }
  expect((await space.balanceOf(receiver)) - before).toBe(1_000_000n)
  expect(await steps(id)).toEqual([
    'register succeeded',
    'commit succeeded',
    'prove succeeded',
    'execute succeeded',
  ])
  expect(await view(id)).toMatchObject({
    ...{ executor: 'tally-module', state: 'executed', next: null, safe: null },
    module: { state: 'executed', keeper: keeper.address, operator: keeper.address, isHidden: false },
  })
  await space.chain.mine(3)
  expect(await settleProposal(space.keeping(), id)).toEqual({ settled: true })
  expect(await space.executions(id)).toBe(1)
}, 90_000)

test('it sleeps until the next act can be sent, or the vote is over', async () => {
  const id = await space.propose()
  const { end } = await space.ctx.db.prisma.proposal.findUniqueOrThrow({ where: { id } })
  await register(id)
  expect(await settleProposal(space.keeping(), id)).toEqual({
    settled: false,
    nextAt: (Number(end) + 1) * 1000,
  })
  await space.vote(id)
  await space.close(id)
  const isProven = async () => (await view(id)).next?.act === 'execute'
  await space.settleUntil(space.keeping(), id, isProven)
  const { nextAt = 0 } = await settleProposal(space.keeping(), id)
  const { next } = await view(id)
  expect(next).toMatchObject({ act: 'execute', isAutomatic: true, sender: null })
  expect(nextAt).toBe((next?.from ?? 0) * 1000)
  expect(nextAt).toBeGreaterThan(space.clock.now())
})

test('without a keeper it is looked at and nothing is sent; a lost job is found from the first moment', async () => {
  const id = await space.propose()
  await settleProposal(space.ctx, id)
  expect(await view(id)).toMatchObject({ state: 'unregistered', next: { act: 'register' } })
  expect(await space.sent(id)).toEqual([])
  const due = await listDueProposals(space.ctx.db, space.now())
  expect(due.toSettle).toContain(id)
})

test('a keeper pays for the spaces it is told to, and says so', async () => {
  const id = await space.propose()
  const elsewhere = space.keeping(keeper, { variables: { COMITIA_KEEPER_SPACES: 'somebody-else' } })
  const worker = await startWorker(elsewhere)
  try {
    await settleProposal(elsewhere, id)
  } finally {
    await worker.stop()
  }
  expect(await view(id)).toMatchObject({
    next: { act: 'register', isAutomatic: false },
    module: { keeper: null },
  })
  expect(await space.sent(id)).toEqual([])
  await (await startWorker(space.keeping())).stop()
  await register(id)
})

test('two keepers and a stranger at once: executed once, and no failure shows', async () => {
  const before = await space.balanceOf(space.receiver)
  const id = await space.propose({ calls: [payment(3_000_000n)] })
  const [own, others] = [space.keeping(), space.keeping(otherKeeper)]
  const seen = new Set<string>()
  const isDone = async () => {
    const state = (await space.stateOf(id)) ?? 'waiting'
    seen.add(state)
    return state === 'executed'
  }
  let isOver = false
  const stranger = async () => {
    const wallet = space.chain.wallet('Eve')
    for (; !isOver; await sleep(50)) {
      try {
        const { to, value, data } = await getActTransaction(space.ctx, id, accounts.Eve.address)
        await wallet.sendTransaction({ to, value: BigInt(value), data })
      } catch {
        // Somebody else was first, or only the operator may.
      }
    }
  }
  await Promise.all([settleProposal(own, id), settleProposal(others, id)])
  await space.vote(id)
  await space.close(id)
  const running = stranger()
  await Promise.all(
    [own, space.keeping(), others, space.keeping(otherKeeper)].map((by) =>
      space.settleUntil(by, id, isDone, 40_000),
    ),
  )
  isOver = true
  await running
  expect(await space.executions(id)).toBe(1)
  expect((await space.balanceOf(space.receiver)) - before).toBe(3_000_000n)
  expect([...seen].filter((state) => ['failed', 'refused', 'unregistered'].includes(state))).toEqual([])
}, 90_000)

test.each(['register', 'commit', 'prove', 'execute'])(
  'a chain that loses its last second after %s is caught up with',
  async (lost) => {
    const keeping = space.keeping()
    const before = await space.balanceOf(space.receiver)
    const id = await space.propose({ calls: [payment(7_000_000n)] })
    /** Goes on until that act is mined, and not a step further: the chain cannot be sent anything else. */
    const upTo = async (act: string) => {
      const stopped = await startRpcServer(space.chain.rpcUrl, async (call, response, upstream) => {
        const isSend = call.method === 'eth_estimateGas'
        if (isSend && (await hasSent(act))) response.destroy()
        else await upstream()
      })
      const by = space.keeping(keeper, { rpcUrls: { 31337: stopped.url } })
      await space.settleUntil(by, id, () => hasSent(act)).catch(() => undefined)
      await stopped.stop()
      expect((await steps(id)).at(-1)).toBe(`${act} succeeded`)
    }
    const hasSent = async (act: string) => (await steps(id)).includes(`${act} succeeded`)
    const lose = async () => {
      await watchChains(space.ctx)
      await space.client.request({ method: 'anvil_reorg', params: [1, []] } as never)
      await space.skip(0)
      expect(await watchChains(space.ctx)).toContain(id)
      expect(await view(id)).toMatchObject({ state: 'waiting', transactionHash: null, module: null })
    }

    await upTo('register')
    if (lost === 'register') await lose()
    await space.settleUntil(keeping, id, async () => (await view(id)).module?.state === 'voting')
    await space.vote(id)
    await space.close(id)
    if (lost !== 'register') {
      await upTo(lost)
      await lose()
      expect(await space.executions(id)).toBe(0)
    }
    await space.settleUntil(keeping, id, executed(id))
    expect(await space.executions(id)).toBe(1)
    expect((await space.balanceOf(space.receiver)) - before).toBe(7_000_000n)
    expect((await steps(id)).filter((step) => step === `${lost} succeeded`)).toHaveLength(2)
  },
  60_000,
)

test('a chain that is gone for a while takes nothing back, and it goes on after', async () => {
  let isDown = false
  const rpc = await startRpcServer(space.chain.rpcUrl, (_, response, upstream) => {
    if (isDown) response.destroy()
    else return upstream()
  })
  const by = space.keeping(keeper, { rpcUrls: { 31337: rpc.url } })
  const fresh = await space.propose()
  const id = await decide()
  const before = await view(id)
  isDown = true
  await expect(settleProposal(by, id)).rejects.toMatchObject({ code: 'chain_unavailable' })
  await expect(settleProposal(by, fresh)).rejects.toMatchObject({ code: 'chain_unavailable' })
  expect(await view(id)).toEqual(before)
  expect(await view(fresh)).toMatchObject({
    state: 'blocked',
    reason: expect.stringContaining('unavailable'),
  })
  isDown = false
  await space.settleUntil(by, id, executed(id))
  expect(await space.executions(id)).toBe(1)
  await rpc.stop()
})

test('a transaction that no block takes is offered for more, under its nonce', async () => {
  const by = space.keeping()
  const id = await space.propose({ seconds: 200 })
  await space.client.setAutomine(false)
  try {
    const { nextAt = 0 } = await settleProposal(by, id)
    expect(nextAt - space.clock.now()).toBeLessThanOrEqual(3_000)
    expect(await steps(id)).toEqual(['register null'])
    // Another proposal waits for it.
    const other = await space.propose({ seconds: 200 })
    await settleProposal(by, other)
    expect(await steps(other)).toEqual([])

    await settleProposal(by, id)
    const [first] = await space.sent(id)
    expect(first?.hashes).toHaveLength(1)
    // The machine's time goes on; the chain's stands still.
    const patient = { ...by, clock: { now: () => space.clock.now() + 61_000 } }
    await settleProposal({ ...patient, keeper }, other)
    const [second] = await space.sent(id)
    expect(second?.hashes).toHaveLength(2)
    const [cheap, dear] = [first, second].map((row) => parseTransaction(row?.raw as Hex))
    expect(dear?.nonce).toBe(cheap?.nonce)
    for (const fee of ['maxFeePerGas', 'maxPriorityFeePerGas'] as const) {
      expect((dear?.[fee] ?? 0n) * 8n).toBeGreaterThanOrEqual((cheap?.[fee] ?? 0n) * 9n)
    }
  } finally {
    await space.client.setAutomine(true)
    await space.client.mine({ blocks: 1 })
  }
  await register(id)
  await space.settleUntil(by, id, async () => (await steps(id)).includes('register succeeded'))
  expect(await steps(id)).toEqual(['register succeeded'])
})

test('a keeper without coins says who needs how much, and goes on once it has them', async () => {
  const poor = privateKeyToAccount(keccak256(toHex(`poor ${Date.now()}`)))
  const by = space.keeping(poor)
  const id = await space.propose()
  await settleProposal(by, id)
  const { state, reason } = await view(id)
  expect(state).toBe('unregistered')
  expect(reason).toMatch(
    new RegExp(
      `^The keeper ${poor.address} has 0 ETH on Local chain and needs at least 0\\.\\d+ ETH to register: send it some\\.$`,
    ),
  )
  expect(await space.sent(id)).toEqual([])
  await space.client.setBalance({ address: poor.address, value: parseEther('1') })
  await register(id, by)
  expect((await view(id)).reason).not.toContain('send it some')
})

test('what comes too late for the module is unregistered, and says so', async () => {
  const id = await space.propose()
  await space.vote(id)
  await space.close(id)
  await settleProposal(space.keeping(), id)
  const shown = await view(id)
  expect(shown).toMatchObject({ state: 'unregistered', next: null })
  expect(shown.reason).toContain('not told of the proposal in time')
  expect(await space.sent(id)).toEqual([])
})

test('what the module refuses is unregistered with its reason, and nothing is sent', async () => {
  const id = await space.propose()
  // The Safe changes the config under which it was signed.
  const other = { ...space.config, quorumBps: space.config.quorumBps + 1 }
  const setConfig = (config: typeof other) =>
    space.world.fromAccount(space.safe, {
      to: space.module,
      data: encodeFunctionData({ abi: moduleAbi, functionName: 'setConfig', args: [config] }),
    })
  await setConfig(other)
  await settleProposal(space.keeping(), id)
  const shown = await view(id)
  expect(shown.state).toBe('unregistered')
  expect(shown.reason).toContain('config')
  expect(await space.sent(id)).toEqual([])
  await setConfig(space.config)
  await register(id)
})

test('a rejected vote is left alone until somebody asks; then it is proven, and execute refuses it', async () => {
  const by = space.keeping()
  const open = await space.propose()
  await expect(demandSettlement(space.ctx, open)).rejects.toThrow('The vote has no result yet.')
  const id = await decide([2, 2, 1])
  await settleProposal(by, id)
  expect(await view(id)).toMatchObject({ state: 'refused', module: { isDemanded: false } })
  expect(await steps(id)).toEqual(['register succeeded'])

  await demandSettlement(space.ctx, id)
  const { demandedAt } = await space.ctx.db.prisma.settlement.findUniqueOrThrow({ where: { proposalId: id } })
  await demandSettlement(space.ctx, id)
  const again = await space.ctx.db.prisma.settlement.findUniqueOrThrow({ where: { proposalId: id } })
  expect(again.demandedAt).toEqual(demandedAt)
  await space.settleUntil(by, id, async () => (await view(id)).module?.state === 'rejected')
  expect(await steps(id)).toEqual(['register succeeded', 'commit succeeded', 'prove succeeded'])
  expect(await view(id)).toMatchObject({ state: 'refused', next: null, module: { isDemanded: true } })

  const row = await space.ctx.db.prisma.execution.findFirstOrThrow({ where: { proposals: { some: { id } } } })
  const calls = (row.calls as { to: Hex; value: string; data: Hex }[]).map((call) => ({
    ...{ to: call.to, value: BigInt(call.value), data: call.data, operation: 0 },
  }))
  await expect(
    space.client.simulateContract({
      ...{ address: space.module, abi: moduleAbi, functionName: 'execute', args: [id, calls] },
      account: accounts.Eve.address,
    }),
  ).rejects.toThrow('NotPassed')
  await expect(getActTransaction(space.ctx, id, null)).rejects.toMatchObject({ code: 'conflict' })
})

test('what passed needs no asking, and what the module does not know cannot be asked for', async () => {
  const passed = await decide()
  await expect(demandSettlement(space.ctx, passed)).rejects.toThrow('passed')
  const unknown = await space.propose()
  await space.vote(unknown, [2])
  await space.close(unknown)
  await expect(demandSettlement(space.ctx, unknown)).rejects.toMatchObject({
    code: 'conflict',
    message: 'The module does not know the proposal: no tally of it can be committed.',
  })
})

test('what its author withdraws in time is cancelled on chain, registered or not', async () => {
  const by = space.keeping()
  for (const isRegistered of [true, false]) {
    const id = await space.propose()
    if (isRegistered) await register(id)
    await space.send(signCancel(accounts.Chloe, { space: 'demo', timestamp: space.now(), proposal: id }))
    await space.settleUntil(by, id, async () => (await space.stateOf(id)) === 'refused')
    expect(await steps(id)).toEqual([...(isRegistered ? ['register succeeded'] : []), 'cancel succeeded'])
    const isCancelled = await space.client.readContract({
      ...{ address: space.module, abi: moduleAbi, functionName: 'isCancelledBy' },
      args: [accounts.Chloe.address, id],
    })
    expect(isCancelled).toBe(true)
    expect(await view(id)).toMatchObject({
      state: 'refused',
      module: { state: 'cancelled', isHidden: false },
    })
  }
})

describe('what a moderator hides', () => {
  const hide = (id: Hex) =>
    space.send(signCancel(accounts.Ada, { space: 'demo', timestamp: space.now(), proposal: id }))

  test('goes on: those who have not voted yet still do, and it is executed', async () => {
    const by = space.keeping()
    const id = await space.propose()
    await register(id)
    await space.vote(id, [2])
    await hide(id)
    await space.skip(1)
    await space.vote(id, [2, 1, 1])
    await space.close(id)
    await space.settleUntil(by, id, executed(id))
    expect(await view(id)).toMatchObject({
      ...{ state: 'executed', module: { isHidden: true, commitment: { count: 3, isOurs: true } } },
    })
  })

  test('can be withdrawn by its author, and by nobody twice', async () => {
    const by = space.keeping()
    const count = async () =>
      (await space.ctx.db.prisma.space.findUniqueOrThrow({ where: { id: 'demo' } })).proposalCount
    const before = await count()
    const id = await space.propose()
    await register(id)
    await hide(id)
    await space.skip(1)
    await expect(hide(id)).rejects.toMatchObject({ message: 'unknown proposal' })
    const withdraw = () =>
      space.send(signCancel(accounts.Chloe, { space: 'demo', timestamp: space.now(), proposal: id }))
    await withdraw()
    await space.skip(1)
    await expect(withdraw()).rejects.toMatchObject({ message: 'unknown proposal' })
    await expect(space.vote(id, [1])).rejects.toMatchObject({ message: 'unknown proposal' })
    expect(await count()).toBe(before)
    await space.settleUntil(by, id, async () => (await view(id)).module?.state === 'cancelled')
  })
})

test('a veto ends it, with the reason that was published', async () => {
  const id = await decide()
  await settleProposal(space.keeping(), id)
  const { hash } = await storeReason(space.ctx, 'The receiver is a stranger.')
  await space.world.fromAccount(accounts.Dan.address, {
    to: space.module,
    data: encodeFunctionData({ abi: moduleAbi, functionName: 'veto', args: [id, hash] }),
  })
  await refreshSettlement(space.ctx, id)
  expect(await view(id)).toMatchObject({
    state: 'refused',
    module: { veto: { by: accounts.Dan.address, reason: 'The receiver is a stranger.' } },
  })
  await space.skip(10)
  await settleProposal(space.keeping(), id)
  expect(await space.executions(id)).toBe(0)
})

test('asking again and again puts the keeper off by nothing', async () => {
  const id = await decide()
  await addJobs(space.ctx.db.pool, [settleJob.at(new Date(Date.now() + 5_000), { proposal: id })])
  await refreshSettlement(space.ctx, id)
  const { rows } = await space.ctx.db.query<{ due: boolean }>(
    'select run_at <= now() + make_interval(secs => $2) as due from graphile_worker._private_jobs where key = $1',
    // Written by this clock, which has skipped.
    [`settle-proposal:${id}`, (space.clock.now() - Date.now()) / 1000 + 1],
  )
  expect(rows).toEqual([{ due: true }])
})

test('ballots that do not add up to the result are never committed', async () => {
  const id = await decide()
  await space.ctx.db.query('update votes set power = power * 2 where proposal_id = $1 and current', [id])
  await expect(settleProposal(space.keeping(), id)).rejects.toThrow('do not add up to its result')
  expect(await steps(id)).toEqual(['register succeeded'])
  await space.ctx.db.query('update votes set power = power / 2 where proposal_id = $1 and current', [id])
})
