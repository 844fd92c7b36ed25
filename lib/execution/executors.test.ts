import type { Address, Hex } from 'viem'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Call, executionHash } from '../core/settlement/batch'
import type { ExecutionRef } from '../core/settlement/plugins'
import type { ExecutionStatus, Outcome } from './executor'
import { type ExecutorId, executors, getExecutor, getExecutorFor } from './registry'
import { callTo, type SafeWorld, startSafeWorld, transferOf } from './safe-world.suite'

let world: SafeWorld
beforeAll(async () => {
  world = await startSafeWorld()
})
afterAll(() => world.stop())

/** For each executor an account it can act for, and the config under which it runs these calls. */
const setups: Record<
  ExecutorId,
  {
    makeAccount(): Promise<Address>
    configFor(account: Address, calls: readonly Call[]): ExecutionRef
  }
> = {
  'safe-signers': {
    makeAccount: () => world.newSafe(),
    configFor: (safe, calls) => ({
      chainId: world.chain.chainId,
      safe,
      executionHash: executionHash({ chainId: world.chain.chainId, verifyingContract: safe, calls }),
    }),
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
  const { makeAccount, configFor } = setups[id]
  const prepare = async () => {
    const account = await makeAccount()
    const calls = [callTo(world.token), transferOf(world.token, account, 1n)]
    const ref = configFor(account, calls)
    return { account, calls, ref, config: executor.configSchema.parse(ref) }
  }

  test('takes its own config as it is signed, and no more', async () => {
    const { ref, config } = await prepare()
    expect(config).toEqual(ref)
    expect(getExecutorFor(ref)).toBe(executor)
    for (const field of Object.keys(ref)) {
      expect(executor.configSchema.safeParse({ ...ref, [field]: undefined }).success).toBe(false)
    }
    expect(executor.configSchema.safeParse({ ...ref, surplus: 1 }).success).toBe(false)
  })

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
