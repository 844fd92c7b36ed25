import type { Address, Hex } from 'viem'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Call, executionHash } from '../core/settlement/batch'
import type { ModuleRef } from '../core/settlement/module-plugins'
import type { ExecutionRef } from '../core/settlement/plugins'
import type { Election, ExecutionStatus, Executor, Memory, Outcome, Progress } from './executor'
import { type ModuleWorld, payment, startModuleWorld } from './module-world.suite'
import { type ExecutorId, executors, getExecutor, getExecutorFor } from './registry'
import { callTo, type SafeWorld, startSafeWorld, transferOf } from './safe-world.suite'

let world: SafeWorld
let modules: ModuleWorld
beforeAll(async () => {
  world = await startSafeWorld()
  modules = await startModuleWorld()
})
afterAll(async () => {
  await world.stop()
  await modules.stop()
})

type Kind<Settles extends Executor['settles']> = Extract<Executor<ExecutorId>, { settles: Settles }>
const ofKind = <Settles extends Executor['settles']>(settles: Settles) =>
  executors
    .filter((executor): executor is Kind<Settles> => executor.settles === settles)
    .map((executor) => [executor.id, executor] as const)

const refOf = (account: Address, calls: readonly Call[]): ExecutionRef => ({
  chainId: world.chain.chainId,
  safe: account,
  executionHash: executionHash({ chainId: world.chain.chainId, verifyingContract: account, calls }),
})

/** For each executor a reference to an account that it can act for, and calls that go through there. */
const setups: Record<
  ExecutorId,
  () => Promise<{
    readonly ref: ExecutionRef | ModuleRef
    readonly calls: readonly Call[]
    readonly ctx: SafeWorld['ctx']
  }>
> = {
  'safe-signers': async () => {
    const account = await world.newSafe()
    const calls = [payment(), transferOf(world.token, account, 1n)]
    return { ref: refOf(account, calls), calls, ctx: world.ctx }
  },
  'tally-module': async () => {
    const { config, calls } = await modules.newElection(await modules.newModule())
    return { ref: config, calls, ctx: modules.ctx }
  },
}

const phases: Record<ExecutionStatus['phase'], true> = {
  waiting: true,
  confirming: true,
  ready: true,
  executed: true,
  failed: true,
  conflict: true,
  blocked: true,
}
const passed = (calls: readonly Call[], proposal: Hex = `0x${'11'.repeat(32)}`): Outcome => ({
  proposal,
  status: 'passed',
  calls,
})

test('ids and keys are unique, and each is found by its own', () => {
  expect(new Set(executors.map(({ id }) => id)).size).toBe(executors.length)
  expect(new Set(executors.map(({ key }) => key)).size).toBe(executors.length)
  for (const executor of executors) expect(getExecutor(executor.id)).toBe(executor)
  expect(() => getExecutor('nobody')).toThrow('There is no executor "nobody"')
})

describe.each(executors.map((executor) => [executor.id, executor] as const))('%s', (id, executor) => {
  test('takes its own config as it is signed, and no more', async () => {
    const { ref } = await setups[id]()
    expect(executor.configSchema.parse(ref)).toEqual(ref)
    expect(getExecutorFor(ref)).toBe(executor)
    for (const field of Object.keys(ref)) {
      expect(executor.configSchema.safeParse({ ...ref, [field]: undefined }).success).toBe(false)
    }
    expect(executor.configSchema.safeParse({ ...ref, surplus: 1 }).success).toBe(false)
  })

  test('tells beforehand whether calls would go through, and which would not', async () => {
    const { ref, calls, ctx } = await setups[id]()
    const config = executor.configSchema.parse(ref)
    expect(await executor.simulate(ctx, calls, config)).toMatchObject({ ok: true })
    const tooMuch = [...calls, payment(10n ** 30n)]
    expect(await executor.simulate(ctx, tooMuch, config)).toMatchObject({ ok: false, call: calls.length })
    const nowhere = executor.configSchema.parse({ ...ref, [executor.key]: `0x${'99'.repeat(20)}` })
    expect(await executor.simulate(ctx, calls, nowhere)).toMatchObject({ ok: false, call: null })
    const lost = executor.configSchema.parse({ ...ref, chainId: 1 })
    await expect(executor.simulate(ctx, calls, lost)).rejects.toMatchObject({ code: 'chain_unavailable' })
  })
})

describe.each(ofKind('by-owners'))('%s, by owners', (_, executor) => {
  const configFor = (account: Address, calls: readonly Call[]) =>
    executor.configSchema.parse(refOf(account, calls))
  const prepare = async () => {
    const account = await world.newSafe()
    const calls = [callTo(world.token), transferOf(world.token, account, 1n)]
    return { account, calls, config: configFor(account, calls) }
  }

  test('plans the same for the same decision, and names every difference', async () => {
    const { account, calls, config } = await prepare()
    const plan = executor.plan(passed(calls), config)
    expect(executor.plan(structuredClone(passed(calls)), structuredClone(config))).toEqual(plan)
    expect(plan).toMatchObject({ account, calls })
    const other = [callTo(world.token, '0x', 1n)]
    const ids = [
      plan.id,
      executor.plan(passed(calls, `0x${'22'.repeat(32)}`), config).id,
      executor.plan(passed(other), configFor(account, other)).id,
      executor.plan(passed(calls), configFor(world.token, calls)).id,
    ]
    expect(new Set(ids).size).toBe(ids.length)
  })

  test('plans nothing for what did not pass, and no calls but those voted on', async () => {
    const { calls, config } = await prepare()
    for (const status of ['rejected', 'quorum-missed'] as const) {
      expect(() => executor.plan({ ...passed(calls), status }, config)).toThrow(status)
    }
    expect(() => executor.plan(passed(calls.toReversed()), config)).toThrow()
    expect(() => executor.plan(passed([]), config)).toThrow()
  })

  test('submitting twice is submitting once', async () => {
    const { calls, config } = await prepare()
    const plan = executor.plan(passed(calls), config)
    const first = await executor.submit(world.ctx, plan, [])
    expect(await executor.submit(world.ctx, plan, [first])).toEqual(first)
    const other = executor.plan(passed(calls, `0x${'33'.repeat(32)}`), config)
    const { owners } = (await executor.status(world.ctx, first, [])).approval ?? { owners: [] }
    const confirmed = [{ ...first, proposal: plan.proposal, confirmedBy: owners.slice(0, 1) }]
    const second = await executor.submit(world.ctx, other, [], confirmed)
    expect(second.nonce).not.toBe(first.nonce)
    expect(second.hash).not.toBe(first.hash)
    expect(await executor.submit(world.ctx, plan, [first], confirmed)).toEqual(first)
  })

  test('has a status with words for any submission, real or invented', async () => {
    const { calls, config } = await prepare()
    const submission = await executor.submit(world.ctx, executor.plan(passed(calls), config), [])
    const invented = [
      submission,
      { ...submission, nonce: 9 },
      { ...submission, hash: `0x${'00'.repeat(32)}` as const },
      { ...submission, plan: { ...submission.plan, account: world.token } },
      { ...submission, plan: { ...submission.plan, account: `0x${'99'.repeat(20)}` as const } },
    ]
    for (const any of invented) {
      const status = await executor.status(world.ctx, any, [{ owner: world.token, signature: '0x1234' }])
      expect(phases[status.phase]).toBe(true)
      expect(status.summary).toMatch(/^\S.*[.]$/)
    }
  })

  test('throws rather than guess when the chain cannot be read', async () => {
    const { calls, config } = await prepare()
    const plan = executor.plan(passed(calls), config)
    const submission = await executor.submit(world.ctx, plan, [])
    const lost = { ...plan, chainId: 1 }
    const error = { code: 'chain_unavailable' }
    await expect(executor.submit(world.ctx, lost, [])).rejects.toMatchObject(error)
    await expect(executor.status(world.ctx, { ...submission, plan: lost }, [])).rejects.toMatchObject(error)
  })
})

const states: Record<Progress['state'], true> = {
  waiting: true,
  unregistered: true,
  settling: true,
  ready: true,
  executed: true,
  refused: true,
  blocked: true,
}

describe.each(ofKind('by-steps'))('%s, by steps', (_, executor) => {
  const newElection = async (): Promise<Election> => modules.newElection(await modules.newModule())
  const look = async (election: Election, memory?: Memory) =>
    executor.look(modules.ctx, election, await modules.now(), memory)

  test('sees the same twice, whatever it is told to remember', async () => {
    const election = await newElection()
    const first = await look(election)
    for (const memory of [first.memory, {}, { traces: 'none' }, JSON.parse(JSON.stringify(first.memory))]) {
      expect(await look(election, memory)).toEqual(first)
    }
  })

  test('prepares the same for the same standing, and nothing where nothing comes next', async () => {
    const election = await newElection()
    const progress = await look(election)
    const sender = progress.next?.sender ?? null
    const transaction = await executor.prepare(modules.ctx, election, progress, sender)
    expect(await executor.prepare(modules.ctx, election, progress, sender)).toEqual(transaction)
    const nothing = executor.prepare(modules.ctx, election, { ...progress, next: null }, null)
    await expect(nothing).rejects.toMatchObject({ code: 'conflict' })
  })

  test('has words for any election, real or invented, at any time', async () => {
    const election = await newElection()
    const config = (change: object) =>
      executor.configSchema.parse({ ...(election.config as object), ...change })
    const nowhere = `0x${'99'.repeat(20)}`
    const invented: readonly Election[] = [
      election,
      { ...election, proposal: `0x${'00'.repeat(32)}` },
      { ...election, result: 'rejected' },
      { ...election, config: config({ [executor.key]: nowhere }) },
      { ...election, config: config({ [executor.key]: modules.token }) },
    ]
    for (const any of invented) {
      for (const now of [0, await modules.now(), 10 ** 10]) {
        const { state, summary, steps } = await executor.look(modules.ctx, any, now)
        expect(states[state]).toBe(true)
        expect(summary).toMatch(/^\S.*[.]$/)
        expect(steps.length).toBeGreaterThan(0)
        expect(steps.filter(({ state }) => state === 'current').length).toBeLessThanOrEqual(1)
      }
    }
    for (const data of ['0x', '0x12345678'] as const) expect(executor.explain(data)).toMatch(/^\S.*[.]$/)
  })

  test('throws rather than guess when the chain cannot be read', async () => {
    const election = await newElection()
    const lost = { ...election, config: { ...(election.config as object), chainId: 1 } }
    await expect(look(lost)).rejects.toMatchObject({ code: 'chain_unavailable' })
  })
})
