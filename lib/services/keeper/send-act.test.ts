import { getAddress, type Hex, keccak256, parseEther, parseTransaction, toHex } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Transaction } from '../../execution/executor'
import { createIngest, type Ingest } from '../../ingest/ingest'
import { unixSeconds } from '../../platform/clock'
import { createLogger } from '../../platform/logger'
import { accounts } from '../../testing/accounts'
import { startTestChain, type TestChain } from '../../testing/chain'
import { createTestContext, type TestContext } from '../../testing/context'
import { signProposal, signSettings } from '../../testing/factories'
import { type RpcServer, startRpcServer } from '../../testing/rpc-server'
import type { Context } from '../context'
import type { Keeper } from './keeper'
import { sendAct } from './send-act'

/* What is sent, whatever breaks: payments stand for a settlement's steps. */

let chain: TestChain
let rpc: RpcServer
let ctx: TestContext
let ingest: Ingest
let proposal: Hex
let clockMs = 0
let keeper: Keeper
/** Where a request to send is cut off: on its way there, or on its way back. */
let cut: 'before' | 'after' | undefined
let count = 0
const receiver = getAddress('0x00000000000000000000000000000000000c0de1')

beforeAll(async () => {
  chain = await startTestChain()
  await chain.mine(3)
  rpc = await startRpcServer(chain.rpcUrl, async ({ method }, response, upstream) => {
    if (method !== 'eth_sendRawTransaction' || !cut) return upstream()
    if (cut === 'after') {
      const { end } = response
      response.end = () => response
      await upstream()
      response.end = end
    }
    response.destroy()
  })
  const clock = { now: () => Date.now() + clockMs }
  ctx = await createTestContext({ clock, rpcUrls: { 31337: rpc.url } })
  ingest = createIngest(ctx)
  const timestamp = unixSeconds(ctx.clock)
  await ingest.ingest(await signSettings(accounts.Ada, { timestamp }))
  proposal = (await ingest.ingest(await signProposal(accounts.Ada, { timestamp }))).id
})
beforeEach(async () => {
  cut = undefined
  count += 1
  keeper = privateKeyToAccount(keccak256(toHex(`keeper ${count}`)))
  await chain.client.setBalance({ address: keeper.address, value: parseEther('1') })
})
afterAll(async () => {
  await ingest?.close()
  await ctx?.close()
  await rpc?.stop()
  await chain?.stop()
})

const pay = (value = 1n): Transaction => ({ chainId: 31337, to: receiver, value, data: '0x' })
const send = (transaction = pay(), by: Context = ctx) =>
  sendAct(by, keeper, transaction, { proposal, act: 'execute' })
const rows = () =>
  ctx.db.prisma.keeperTransaction.findMany({ where: { sender: keeper.address }, orderBy: { id: 'asc' } })
const outcomes = async () => (await rows()).map(({ outcome }) => outcome)
const nonce = () => chain.client.getTransactionCount({ address: keeper.address })

/** Until nothing is under way: what the job does. */
async function untilMoved(by: Context = ctx): Promise<void> {
  for (let times = 0; times < 50; times++) {
    if ((await send(pay(), by)).status === 'moved') return
  }
  throw new Error('it does not move')
}

test('what is sent is mined once and written down', async () => {
  await untilMoved()
  expect(await outcomes()).toEqual(['succeeded'])
  expect(await nonce()).toBe(1)
})

test.each(['before', 'after'] as const)(
  'a connection that breaks %s it is sent costs nothing',
  async (where) => {
    cut = where
    await send()
    const [written] = await rows()
    expect(written?.closedAt === null || where === 'after').toBe(true)
    cut = undefined
    // Another process, after a crash: the same bytes.
    if (written?.closedAt === null) await untilMoved(ctx.another())
    expect((await rows()).map(({ raw }) => raw)).toEqual([written?.raw])
    expect(await outcomes()).toEqual(['succeeded'])
    expect(await nonce()).toBe(1)
  },
)

test('what would revert is not sent and not written down', async () => {
  const token = { ...pay(0n), to: receiver, data: '0x12345678' as Hex }
  await chain.client.setCode({ address: receiver, bytecode: '0x60006000fd' })
  expect(await send(token)).toEqual({ status: 'refused', reverted: '0x' })
  await chain.client.setCode({ address: receiver, bytecode: '0x' })
  expect(await rows()).toEqual([])
  expect(await nonce()).toBe(0)
})

test('what runs and fails is not repeated at once', async () => {
  await chain.client.setAutomine(false)
  await send({ ...pay(0n), data: '0x12345678' })
  await chain.client.setCode({ address: receiver, bytecode: '0x60006000fd' })
  await chain.client.setAutomine(true)
  await chain.client.mine({ blocks: 1 })
  await untilMoved()
  await chain.client.setCode({ address: receiver, bytecode: '0x' })
  expect(await outcomes()).toEqual(['reverted'])
  expect(await send()).toMatchObject({ status: 'hindered', until: expect.any(Number) })
  const later = { ...ctx, clock: { now: () => ctx.clock.now() + 16_000 } }
  await untilMoved(later)
  expect(await outcomes()).toEqual(['reverted', 'succeeded'])
})

test.each([
  ['commit', 600],
  ['execute', 4 * 3_600],
] as const)('what fails again and again, to %s, rests for at most %i seconds', async (act, seconds) => {
  const sentAt = new Date(ctx.clock.now())
  await ctx.db.prisma.keeperTransaction.createMany({
    data: Array.from({ length: 20 }, (_, nonce) => ({
      ...{ chainId: 31337, sender: keeper.address, proposalId: proposal, step: act, nonce, raw: '0x' },
      ...{ createdAt: sentAt, sentAt, closedAt: sentAt, outcome: 'reverted' },
    })),
  })
  const attempt = await sendAct(ctx, keeper, pay(), { proposal, act })
  expect(attempt).toMatchObject({ status: 'hindered', until: sentAt.getTime() + seconds * 1000 })
})

test('ten at once send one', async () => {
  await chain.client.setAutomine(false)
  const contexts = Array.from({ length: 10 }, () => ctx.another())
  const attempts = await Promise.all(contexts.map((by) => send(pay(), by)))
  await chain.client.setAutomine(true)
  await chain.client.mine({ blocks: 1 })
  expect(new Set(attempts.map(({ status }) => status))).toEqual(new Set(['pending']))
  expect(await rows()).toHaveLength(1)
  await untilMoved()
  expect(await nonce()).toBe(1)
})

test('a nonce that something else used frees the way', async () => {
  cut = 'before'
  await send()
  cut = undefined
  const raw = await keeper.signTransaction({
    ...{ type: 'eip1559', chainId: 31337, nonce: 0, to: receiver, gas: 21_000n, value: 5n },
    ...{ maxFeePerGas: parseEther('0.00000001'), maxPriorityFeePerGas: 1n },
  })
  await chain.confirm(chain.client.sendRawTransaction({ serializedTransaction: raw }))
  await untilMoved()
  expect(await outcomes()).toEqual(['replaced'])
  await untilMoved()
  expect(await outcomes()).toEqual(['replaced', 'succeeded'])
})

test('a transaction behind a gap that a lost block left is given up', async () => {
  await untilMoved()
  cut = 'before'
  await send()
  cut = undefined
  await chain.client.request({ method: 'anvil_setNonce', params: [keeper.address, '0x0'] } as never)
  const patient = { ...ctx, clock: { now: () => ctx.clock.now() + 61_000 } }
  await untilMoved(patient)
  expect(await outcomes()).toEqual(['succeeded', 'replaced'])
  await untilMoved()
  expect((await rows()).map((row) => row.nonce)).toEqual([0, 1, 0])
})

test('what no node takes is offered for more until the market is far behind, then stands in no way', async () => {
  cut = 'before'
  await send()
  let minutes = 0
  for (; (await rows())[0]?.closedAt === null; minutes++) {
    expect(minutes).toBeLessThan(30)
    clockMs += 61_000
    await send()
  }
  cut = undefined
  const [row] = await rows()
  const { baseFeePerGas } = await chain.client.getBlock()
  const offered = parseTransaction(row?.raw as Hex)
  expect(row?.hashes.length).toBeGreaterThan(5)
  expect(offered.maxFeePerGas ?? 0n).toBeLessThan(((baseFeePerGas ?? 0n) * 2n + 10n ** 9n * 2n) * 6n)
  await untilMoved()
  expect(await outcomes()).toEqual(['replaced', 'succeeded'])
  expect((await rows()).map((kept) => kept.nonce)).toEqual([0, 0])
})

test('what a node keeps waits, however long', async () => {
  await chain.client.setAutomine(false)
  await send()
  for (let minute = 0; minute < 20; minute++) {
    clockMs += 61_000
    await send()
  }
  expect(await outcomes()).toEqual([null])
  await chain.client.setAutomine(true)
  await chain.client.mine({ blocks: 1 })
  await untilMoved()
  expect(await outcomes()).toEqual(['succeeded'])
})

describe('a call that uses much gas', () => {
  /** Writes one word so far out that the memory costs about `gas`: much gas, little work. */
  const burn = (gas: number) => {
    const words = Math.round(256 * (Math.sqrt(9 + gas / 128) - 3))
    const offset = (32 * (words - 1)).toString(16).padStart(8, '0')
    return chain.client.setCode({ address: receiver, bytecode: `0x600063${offset}5200` })
  }
  beforeEach(() => chain.client.setBlockGasLimit({ gasLimit: 60_000_000n }))
  afterAll(() => chain.client.setCode({ address: receiver, bytecode: '0x' }))

  test('has no more for spare than a transaction can have', async () => {
    await burn(15_500_000)
    await untilMoved()
    expect(await outcomes()).toEqual(['succeeded'])
    expect(parseTransaction((await rows())[0]?.raw as Hex).gas).toBe(2n ** 24n)
  })

  test('is not sent where no block would take it, and stands in no way', async () => {
    await burn(18_200_000)
    expect(await send()).toMatchObject({
      status: 'hindered',
      reason: expect.stringMatching(
        /^To execute takes 18\d{6} gas, and no transaction on .* more than 16777216\.$/,
      ),
    })
    expect(await rows()).toEqual([])
  })
})

test('coins that are missing are named, with the account that needs them', async () => {
  await chain.client.setBalance({ address: keeper.address, value: 10n })
  for (const value of [1n, 11n]) {
    expect(await send(pay(value))).toMatchObject({
      status: 'hindered',
      reason: expect.stringContaining(`The keeper ${keeper.address} has 0.00000000000000001 ETH`),
    })
  }
  expect(await rows()).toEqual([])
})

test('the key is in no line of the log', async () => {
  const lines: string[] = []
  const { write } = process.stdout
  process.stdout.write = ((text: string) => lines.push(String(text)) > 0) as typeof write
  try {
    const log = createLogger({ level: 'trace', name: 'test' })
    cut = 'before'
    await send(pay(), { ...ctx, log })
    log.info({ keeper })
  } finally {
    process.stdout.write = write
  }
  const key = keccak256(toHex(`keeper ${count}`)).slice(2)
  expect(lines.join()).not.toContain(key)
})
