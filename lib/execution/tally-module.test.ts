import {
  type Address,
  concatHex,
  decodeFunctionData,
  encodeFunctionData,
  keccak256,
  parseAbi,
  toHex,
  zeroAddress,
} from 'viem'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createChains } from '../chain/chains'
import { encodeBallot } from '../core/settlement/ballot-record'
import { commitTally } from '../core/settlement/commitment'
import type { ModuleRef } from '../core/settlement/module-plugins'
import { encodeRun } from '../core/settlement/proof-chunks'
import type { DemoAccountName } from '../dev/demo-accounts'
import { votesTokenAbi, votesTokenBytecode } from '../testing/abi/votes-token'
import { accounts } from '../testing/accounts'
import type { Election, Memory, Progress } from './executor'
import { moduleAbi } from './module/module-abi'
import {
  type Choice,
  type ModuleAccount,
  type ModuleWorld,
  payment,
  power,
  receiver,
  startModuleWorld,
} from './module-world.suite'
import { tallyModule } from './tally-module'

let world: ModuleWorld
let account: ModuleAccount
beforeAll(async () => {
  world = await startModuleWorld({ voterCount: 40 })
  account = await world.newModule()
})
afterAll(() => world.stop())

const timeline = ({ steps }: Progress) => steps.map(({ label, state }) => `${label} ${state}`)
const json = (memory: Memory): Memory => JSON.parse(JSON.stringify(memory))
const passed = (election: Election<ModuleRef>) => ({ ...election, result: 'passed' }) as const
const many = (count: number, choice: Choice = 1) => Array.from({ length: count }, () => choice)

/** Sends an act of the guardian's. */
const brake = (functionName: 'veto' | 'pause', election: Election<ModuleRef>, reason: string) => {
  const reasonHash = keccak256(toHex(reason))
  const data =
    functionName === 'veto'
      ? encodeFunctionData({ abi: moduleAbi, functionName, args: [election.proposal, reasonHash] })
      : encodeFunctionData({ abi: moduleAbi, functionName, args: [election.proposal, 100, reasonHash] })
  return world.fromAccount(accounts.Dan.address, { to: election.config.module, data })
}

/** Sends `execute` whatever the executor thinks of it; the sentence of its refusal. */
async function refusalOfExecution({ proposal, calls, config }: Election<ModuleRef>): Promise<string> {
  const data = encodeFunctionData({ abi: moduleAbi, functionName: 'execute', args: [proposal, calls] })
  try {
    await world.client.call({ to: config.module, data })
    return 'none'
  } catch (error) {
    const found = /0x[0-9a-f]{8,}/.exec(String((error as { walk(): { data?: string } }).walk().data))
    return tallyModule.explain(found?.[0] as `0x${string}`)
  }
}

/** Brings an election to the committed tally, with no other help than the executor's. */
async function commit(election: Election<ModuleRef>) {
  await world.step(election, 'Eve')
  await world.warp(election.message.end + 1)
  const closed = passed(election)
  await world.step(closed, 'Ben')
  return closed
}

/** And on to the proof. */
async function prove(election: Election<ModuleRef>) {
  const closed = await commit(election)
  await world.step(closed, 'Femi')
  return closed
}

describe('the life of a proposal', () => {
  test('goes from wallet to wallet, and every look without memory says the same', async () => {
    const open = await world.newElection(account)
    const paid = await world.client.getBalance({ address: receiver })
    let memory: Memory | undefined
    const story: (string | null)[][] = []
    const look = async (election: Election<ModuleRef>) => {
      const progress = await world.look(election, memory)
      const { memory: _, ...fresh } = await world.look(election)
      expect({ ...progress, memory: undefined }).toEqual({ ...fresh, memory: undefined })
      memory = json(progress.memory)
      story.push([progress.state, progress.next?.act ?? null, progress.summary])
      expect(progress.steps.filter(({ state }) => state === 'current').length).toBeLessThanOrEqual(1)
      return progress
    }
    const take = async (election: Election<ModuleRef>, who: DemoAccountName) => {
      const progress = await look(election)
      const { to, value, data } = await tallyModule.prepare(
        world.ctx,
        election,
        progress,
        accounts[who].address,
      )
      return world.chain.confirm(world.chain.wallet(who).sendTransaction({ to, value, data }))
    }

    const registered = await take(open, 'Eve')
    await look(open)
    await world.warp(open.message.end + 1)
    await look(open)
    const closed = passed(open)
    await take(closed, 'Ben')
    await take(closed, 'Femi')
    const cooling = await look(closed)
    expect(cooling.next).toMatchObject({ act: 'execute', from: cooling.module?.times.executableFrom })
    // The caller's clock counts where the chain stands still, as one that mines on demand does.
    const ahead = await tallyModule.look(world.ctx, closed, cooling.next?.from ?? 0)
    expect(ahead).toMatchObject({ state: 'ready', next: { act: 'execute' }, isOver: false })
    await world.warp(cooling.next?.from ?? 0)
    const executed = await take(closed, 'Grace')
    const done = await look(closed)
    await world.chain.mine(2)
    const over = await look(closed)

    expect(story).toMatchSnapshot()
    expect(await world.client.getBalance({ address: receiver })).toBe(paid + 1n)
    expect(timeline(over)).toEqual(
      ['Proposed', 'Registered', 'Voting', 'Committed', 'Proven', 'Executable', 'Executed'].map(
        (label) => `${label} done`,
      ),
    )
    expect(over.steps[1]?.transactionHash).toBe(registered.transactionHash)
    expect(over.steps[6]?.transactionHash).toBe(executed.transactionHash)
    expect([done.isOver, over.isOver]).toEqual([false, true])
    expect(over.trace).toMatchObject({ transactionHash: executed.transactionHash, block: { final: true } })
    expect(over.module).toMatchObject({
      ...{ state: 'executed', safe: account.safe, isEnabled: true, isConfigCurrent: true },
      ...{ commitment: { count: 3, isOurs: true }, proof: { checked: 3, count: 3 } },
      ...{ totalPower: String(power * 41n), guardian: { address: accounts.Dan.address } },
    })
  })

  test('asks the operator alone to commit, and the keeper only for what passed or was demanded', async () => {
    const open = await world.newElection(account, { choices: [2, 2, 1] })
    await world.step(open, 'Eve')
    await world.warp(open.message.end + 1)
    expect(await world.look(open)).toMatchObject({ state: 'waiting', next: null })
    const rejected = { ...open, result: 'rejected' } as const
    const refused = await world.look(rejected)
    expect(refused).toMatchObject({ state: 'refused', next: { act: 'commit', isAutomatic: false } })
    expect(timeline(refused).at(-1)).toBe('Did not pass failed')
    const { Eve } = accounts
    await expect(tallyModule.prepare(world.ctx, rejected, refused, Eve.address)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining(accounts.Ben.address),
    })

    const demanded = { ...rejected, isDemanded: true }
    const asked = await world.look(demanded)
    expect(asked).toMatchObject({ state: 'settling', next: { act: 'commit', isAutomatic: true } })
    expect(asked.next).toMatchObject({ sender: accounts.Ben.address, until: open.message.end + 3_600 })
    await world.step(demanded, 'Ben')
    expect((await world.look(demanded)).next).toMatchObject({ act: 'prove', isAutomatic: true, sender: null })
    await world.step(demanded, 'Grace')
    const proven = await world.look(demanded)
    expect(proven).toMatchObject({ state: 'refused', next: null, module: { state: 'rejected' } })
    expect(timeline(proven).slice(-2)).toEqual(['Proven done', 'Did not pass failed'])
    await expect(tallyModule.prepare(world.ctx, demanded, proven, null)).rejects.toMatchObject({
      code: 'conflict',
    })
    expect(await refusalOfExecution(demanded)).toBe(
      'The proven result did not pass, so these calls are never made.',
    )
    await world.chain.mine(2)
    expect((await world.look(demanded)).isOver).toBe(true)
  })

  test('is not committed with power that the power source does not confirm', async () => {
    const open = await world.newElection(account, { choices: [1, 1, 2] })
    await world.step(open, 'Eve')
    await world.warp(open.message.end + 1)
    const closed = passed(open)
    const [first, ...others] = await closed.ballots()
    if (!first) throw new Error('Nobody voted.')
    const inflated = [...others, { ...first, power: first.power + 1n }]
    const blocked = await world.look({ ...closed, ballots: async () => inflated })
    expect(blocked).toMatchObject({ state: 'blocked', next: null })
    expect(blocked.summary).toBe(
      `The power source tells ${first.power} for ${first.voter}, and ${first.power + 1n} was counted: this tally could never be proven.`,
    )
    expect((await world.look(closed)).next).toMatchObject({ act: 'commit', isAutomatic: true })
  })

  test('is settled without a proof when nobody voted, and does not pass', async () => {
    const open = await world.newElection(account, { choices: [] })
    await world.step(open, 'Eve')
    await world.warp(open.message.end + 1)
    const demanded = { ...open, result: 'quorum-missed', isDemanded: true } as const
    await world.step(demanded, 'Ben')
    expect(await world.look(demanded)).toMatchObject({
      ...{ state: 'refused', next: null },
      module: { state: 'rejected', proof: { checked: 0, count: 0 } },
    })
  })
})

describe('a long proof', () => {
  test('that one wallet began is finished by another', async () => {
    const closed = await commit(await world.newElection(account, { choices: many(40) }))
    const limit = (await world.client.getBlock()).gasLimit
    await world.client.setBlockGasLimit({ gasLimit: 1_300_000n })
    await world.client.mine({ blocks: 1 })
    const checked: (number | undefined)[] = []
    for (const who of ['Eve', 'Femi', 'Eve'] as const) {
      const { before } = await world.step(closed, who)
      checked.push(before.module?.proof?.checked)
      expect(before.next).toMatchObject({ act: 'prove', transactions: 4 - checked.length })
    }
    await world.client.setBlockGasLimit({ gasLimit: limit })
    expect(checked).toEqual([0, 19, 38])
    expect(await world.look(closed)).toMatchObject({ module: { state: 'cooling', proof: { checked: 40 } } })
  })

  test('goes on from the furthest run that the module still keeps, whatever memory says', async () => {
    const closed = await commit(await world.newElection(account, { choices: many(30) }))
    await world.client.setBlockGasLimit({ gasLimit: 1_300_000n })
    await world.client.mine({ blocks: 1 })
    await world.step(closed, 'Eve')
    const { memory } = await world.look(closed)
    const runAfter = async (given: Memory) => {
      const progress = await world.look(closed, given)
      const { data } = await tallyModule.prepare(world.ctx, closed, progress, null)
      const { args } = decodeFunctionData({ abi: moduleAbi, data })
      return { checked: progress.module?.proof?.checked, prover: args?.[1] }
    }
    expect(await runAfter(memory)).toEqual({ checked: 19, prover: accounts.Eve.address })
    const traces = (memory.traces as { event: string }[]).map((trace) =>
      trace.event === 'BallotsChecked' ? { ...trace, index: 25 } : trace,
    )
    expect(await runAfter({ ...memory, traces })).toEqual({ checked: 0, prover: zeroAddress })
    await world.client.setBlockGasLimit({ gasLimit: 30_000_000n })
    await world.client.mine({ blocks: 1 })
    await world.step(closed, 'Grace')
    expect((await world.look(closed)).module?.state).toBe('cooling')
  })

  test('is not stopped by a prover who begins again: nobody builds on what saves no transaction', async () => {
    const closed = await commit(await world.newElection(account, { choices: many(30) }))
    await world.client.setBlockGasLimit({ gasLimit: 1_300_000n })
    await world.client.mine({ blocks: 1 })
    await world.step(closed, 'Eve')
    const { module } = closed.config
    const { ballots } = commitTally(await closed.ballots(), {
      ...{ space: 'demo', proposal: closed.proposal, chainId: closed.config.chainId },
    })
    /** Femi checks the ballots from `from` to `to`, on Eve's run or from the start. */
    const femi = (from: number, to: number) =>
      world.chain.confirm(
        world.chain.wallet('Femi').writeContract({
          ...{ address: module, abi: moduleAbi, functionName: 'proveBallots' },
          args: [
            ...([closed.proposal, accounts.Eve.address, encodeRun(ballots.slice(0, from))] as const),
            ...([concatHex(ballots.slice(from, to).map(encodeBallot)), []] as const),
          ],
        }),
      )
    await femi(19, 20)
    const progress = await world.look(closed)
    expect(progress).toMatchObject({ next: { transactions: 1 }, module: { proof: { checked: 20 } } })
    const proverFor = async (who: Address | null) => {
      const { data } = await tallyModule.prepare(world.ctx, closed, progress, who)
      return { data, prover: decodeFunctionData({ abi: moduleAbi, data }).args?.[1] }
    }
    expect((await proverFor(null)).prover).toBe(accounts.Femi.address)
    expect((await proverFor(accounts.Grace.address)).prover).toBe(accounts.Femi.address)
    const own = await proverFor(accounts.Eve.address)
    expect(own.prover).toBe(accounts.Eve.address)
    await femi(0, 1)
    await world.client.setBlockGasLimit({ gasLimit: 30_000_000n })
    await world.chain.confirm(world.chain.wallet('Eve').sendTransaction({ to: module, data: own.data }))
    expect((await world.look(closed)).module?.state).toBe('cooling')
  })

  test('of a tally that is not ours is nobody’s business here', async () => {
    const closed = await commit(await world.newElection(account))
    const others = await closed.ballots()
    const renamed = others.map((ballot) => ({ ...ballot, reasonHash: keccak256(toHex('Because')) }))
    expect((await world.look({ ...closed, ballots: async () => renamed })).next).toBeNull()
    const foreign = { ...closed, ballots: async () => others.slice(1) }
    const progress = await world.look(foreign)
    expect(progress).toMatchObject({ state: 'blocked', next: null })
    expect(progress.module?.commitment?.isOurs).toBe(false)
    expect(progress.summary).toMatchInlineSnapshot(
      `"The committed tally is not the one computed here, so it cannot be proven from here."`,
    )
    await world.step(closed, 'Eve')
    const proven = await world.look(foreign)
    expect(proven).toMatchObject({ next: { act: 'execute', isAutomatic: false } })
    expect(proven.summary).toBe(
      'The vote passed and is proven; the calls can be made after a delay. The proven tally is not the one computed here.',
    )
    expect((await world.look(closed)).next).toMatchObject({ act: 'execute', isAutomatic: true })
  })
})

describe('a withdrawal', () => {
  test('before the registration prevents it', async () => {
    const open = await world.newElection(account)
    const cancellation = await world.withdrawalOf(open)
    const withdrawn = { ...open, cancellation }
    expect((await world.look(withdrawn)).next).toMatchObject({ act: 'cancel', isAutomatic: true })
    const { receipt } = await world.step(withdrawn, 'Grace')
    const after = await world.look(withdrawn)
    expect(after).toMatchObject({ state: 'refused', next: null, module: { state: 'cancelled' } })
    expect(after.steps.at(-1)).toMatchObject({
      ...{ label: 'Withdrawn by the author', state: 'failed' },
      transactionHash: receipt.transactionHash,
    })
    expect(await world.look(open)).toMatchObject({ state: 'refused', next: null })
    await world.chain.mine(2)
    expect((await world.look(withdrawn)).isOver).toBe(true)
  })

  test('before the end stops a registered proposal; after it nothing is committed unasked', async () => {
    const open = await world.newElection(account)
    await world.step(open, 'Eve')
    const withdrawn = { ...open, cancellation: await world.withdrawalOf(open) }
    const late = await world.newElection(account)
    await world.step(late, 'Eve')
    await world.step(withdrawn, 'Femi')
    expect(await world.look(withdrawn)).toMatchObject({ state: 'refused', module: { state: 'cancelled' } })
    await world.warp(late.message.end + 1)
    const tooLate = { ...passed(late), cancellation: await world.withdrawalOf(late) }
    expect(await world.look(tooLate)).toMatchObject({ state: 'refused', next: null })
  })

  test('of somebody else changes nothing', async () => {
    const open = await world.newElection(account)
    const signature = await accounts.Eve.sign({ hash: open.proposal })
    const { Eve } = accounts
    const cancellation = { ...(await world.withdrawalOf(open)), author: Eve.address, signature }
    const forged = { ...open, cancellation }
    expect(await world.look(forged)).toMatchObject({ state: 'unregistered', next: null })
    expect((await world.look(forged)).summary).toMatchInlineSnapshot(
      `"The author’s signature does not fit what the module rebuilt from the proposal."`,
    )
  })
})

describe('brakes', () => {
  test('a veto ends it, and says by whom and why', async () => {
    const closed = await prove(await world.newElection(account))
    const { transactionHash } = await brake('veto', closed, 'The receiver is a thief.')
    const vetoed = await world.look(closed)
    expect(vetoed).toMatchObject({ state: 'refused', next: null, module: { state: 'vetoed' } })
    expect(vetoed.module?.veto).toMatchObject({
      ...{ by: accounts.Dan.address, reasonHash: keccak256(toHex('The receiver is a thief.')) },
      transactionHash,
    })
    expect(vetoed.steps.at(-1)).toMatchObject({ label: 'Vetoed', state: 'failed', transactionHash })
    await world.chain.mine(2)
    expect((await world.look(closed)).isOver).toBe(true)
  })

  test('a pause puts it off', async () => {
    const closed = await prove(await world.newElection(account))
    await brake('pause', closed, 'Let us look.')
    await world.chain.mine(2)
    const paused = await world.look(closed)
    expect(paused).toMatchObject({ state: 'settling', isOver: false, module: { state: 'paused' } })
    expect(timeline(paused).slice(-3)).toEqual(['Paused failed', 'Executable todo', 'Executed todo'])
    const until = paused.module?.pause?.until ?? 0
    expect(paused.next).toMatchObject({ act: 'execute', from: until })
    await world.warp(until)
    await world.step(closed, 'Hugo')
    expect(await world.look(closed)).toMatchObject({ state: 'executed' })
  })
})

describe('what comes too late', () => {
  test('a registration', async () => {
    const open = await world.newElection(account)
    const { next } = await world.look(open)
    expect(next).toMatchObject({ act: 'register', until: open.message.end - account.config.minPeriod })
    await world.warp((next?.until ?? 0) + 1)
    const late = await world.look(open)
    expect(late).toMatchObject({ state: 'unregistered', next: null })
    expect(timeline(late)).toEqual(['Proposed done', 'Not registered in time failed'])
    await world.chain.mine(2)
    expect((await world.look(open)).isOver).toBe(true)
  })

  test('a commitment', async () => {
    const open = await world.newElection(account)
    await world.step(open, 'Eve')
    await world.warp(open.message.end + account.config.commitGrace + 1)
    const lapsed = await world.look(passed(open))
    expect(lapsed).toMatchObject({ state: 'blocked', next: null, module: { state: 'lapsed' } })
    expect(timeline(lapsed).at(-1)).toBe('Not committed in time failed')
    await world.chain.mine(2)
    expect((await world.look(passed(open))).isOver).toBe(true)
  })

  test('an execution', async () => {
    const closed = await prove(await world.newElection(account))
    const { next } = await world.look(closed)
    await world.warp(next?.until ?? 0)
    expect(await world.look(closed)).toMatchObject({ state: 'ready', next: { act: 'execute' } })
    await world.warp((next?.until ?? 0) + 1)
    const expired = await world.look(closed)
    expect(expired).toMatchObject({ state: 'blocked', next: null, module: { state: 'expired' } })
    expect(timeline(expired).at(-1)).toBe('Not executed in time failed')
    expect(await refusalOfExecution(closed)).toBe('The time to execute it is over.')
  })
})

describe('what goes wrong at the execution', () => {
  const transfer = (amount: bigint) => ({
    ...{ to: world.token, value: 0n, operation: 0 as const },
    data: encodeFunctionData({ abi: votesTokenAbi, functionName: 'transfer', args: [receiver, amount] }),
  })

  test('a call that reverts is named, and heals', async () => {
    const calls = [payment(), transfer(power + 1n)]
    const poor = await world.newModule()
    const closed = await prove(await world.newElection(poor, { calls }))
    await world.warp((await world.look(closed)).next?.from ?? 0)
    const failing = await world.look(closed)
    expect(failing).toMatchObject({ state: 'blocked', next: null, isOver: false })
    expect(failing.summary).toContain('Call 2 of 2 would fail now')
    expect(await tallyModule.simulate(world.ctx, calls, closed.config)).toMatchObject({ ok: false, call: 1 })
    expect(await refusalOfExecution(closed)).toContain('Call 2 of the batch fails')
    const mint = encodeFunctionData({ abi: votesTokenAbi, functionName: 'mint', args: [poor.safe, 1n] })
    await world.fromAccount(accounts.Ada.address, { to: world.token, data: mint })
    expect(await tallyModule.simulate(world.ctx, calls, closed.config)).toMatchObject({ ok: true })
    await world.step(closed, 'Eve')
    expect((await world.look(closed)).state).toBe('executed')
  })

  test('a target whose code has changed is refused', async () => {
    const target = await world.chain.deploy(votesTokenAbi, votesTokenBytecode, [18, false])
    const calls = [{ ...transfer(0n), to: target }]
    const closed = await prove(await world.newElection(account, { calls }))
    await world.client.setCode({ address: target, bytecode: '0x00' })
    await world.warp((await world.look(closed)).next?.from ?? 0)
    const changed = await world.look(closed)
    expect(changed).toMatchObject({ state: 'blocked', next: null })
    expect(changed.summary).toMatchInlineSnapshot(
      `"The code of a called contract is not what it was when the proposal was registered."`,
    )
  })

  test('a disabled module executes nothing, and says so', async () => {
    const other = await world.newModule()
    const closed = await prove(await world.newElection(other))
    const abi = parseAbi(['function disableModule(address previous, address module)'])
    const head = '0x0000000000000000000000000000000000000001'
    await world.fromAccount(other.safe, {
      to: other.safe,
      data: encodeFunctionData({ abi, args: [head, other.module] }),
    })
    expect(await world.look(closed)).toMatchObject({
      ...{ state: 'blocked', next: null },
      module: { isEnabled: false },
    })
    expect(await tallyModule.simulate(world.ctx, closed.calls, closed.config)).toMatchObject({ ok: false })
  })
})

test('a chain that loses its last blocks takes the election back, and it goes on', async () => {
  const open = await world.newElection(account)
  const id = await world.client.snapshot()
  await world.step(open, 'Eve')
  const { memory, module } = await world.look(open)
  expect(module?.state).toBe('voting')
  await world.client.revert({ id })
  expect(await world.look(open, json(memory))).toMatchObject({
    state: 'unregistered',
    next: { act: 'register' },
  })
  await world.chain.mine(3)
  const lost = await world.look(open, json(memory))
  expect(lost).toMatchObject({ state: 'unregistered', next: { act: 'register' } })
  expect(lost.steps[1]).toMatchObject({ state: 'current', transactionHash: null })
  expect(lost.memory.traces).toEqual([])
  const { receipt } = await world.step(open, 'Femi', json(lost.memory))
  const again = await world.look(open, json(lost.memory))
  expect(again.steps[1]).toMatchObject({ state: 'done', transactionHash: receipt.transactionHash })
})

test('a registration that would be refused says why', async () => {
  const closedShop = await world.newModule({ proposers: [accounts.Eve.address] })
  const open = await world.newElection(closedShop)
  const progress = await world.look(open)
  expect(progress).toMatchObject({ state: 'unregistered', next: null })
  expect(progress.summary).toMatchInlineSnapshot(
    `"Its author is not on the module’s list of proposers and has too few votes to propose."`,
  )
})

test('what is no module is blocked, with a sentence', async () => {
  const open = await world.newElection(account)
  const at = (config: Partial<ModuleRef>) => ({ ...open, config: { ...open.config, ...config } })
  const unknown = `0x${'ab'.repeat(32)}` as const
  for (const config of [{ module: receiver }, { module: world.token }, { config: unknown }]) {
    const progress = await world.look(at(config))
    expect(progress).toMatchObject({ state: 'blocked', module: null, next: null, isOver: false })
    expect(progress.summary).toMatch(/^\S.*[.]$/)
    await expect(tallyModule.prepare(world.ctx, open, progress, null)).rejects.toMatchObject({
      code: 'conflict',
    })
  }
})

test('a chain that cannot be read is no answer', async () => {
  const open = await world.newElection(account)
  const chains = createChains({ urls: { [open.config.chainId]: ['http://127.0.0.1:1'] } })
  await expect(tallyModule.look({ chains }, open, 0)).rejects.toMatchObject({ code: 'chain_unavailable' })
})
