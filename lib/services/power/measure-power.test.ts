import { type Address, type Hex, parseUnits } from 'viem'
import { generatePrivateKey, privateKeyToAddress } from 'viem/accounts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { demoTokenAbi, demoTokenBytecode } from '../../chain/abi/demo-token'
import { accounts } from '../../testing/accounts'
import { startTestChain, type TestChain } from '../../testing/chain'
import { createTestContext, type TestContext } from '../../testing/context'
import { type RpcServer, startRpcServer } from '../../testing/rpc-server'
import type { SnapshotBlock } from './find-block'
import type { FrozenStrategy } from './frozen-strategy'
import { measurePower } from './measure-power'
import { deployPickyToken } from './picky-token.suite'
import { createPowerReader } from './power-reader'

const { Ada, Ben, Chloe } = accounts
const OTHER = 31338
const voters = [Ada.address, Ben.address, Chloe.address]
let chain: TestChain
let other: TestChain
/** Stands before `chain` and counts what is asked. */
let watched: RpcServer
let ctx: TestContext
let snapshot: SnapshotBlock
let strategies: FrozenStrategy[]

beforeAll(async () => {
  chain = await startTestChain()
  other = await startTestChain({ chainId: OTHER })
  watched = await startRpcServer(chain.rpcUrl, (_request, _response, upstream) => upstream())
  ctx = await createTestContext({ rpcUrls: { 31337: watched.url, [OTHER]: other.rpcUrl } })
  const here = await deployToken(chain, [70n, 5n])
  const there = await deployToken(other, [1n, 0n])
  // Long enough ago on the other chain for the snapshot to lie between.
  await chain.mine(10)
  await other.mine(30)
  const block = await chain.client.getBlock()
  snapshot = { chainId: 31337, number: block.number, hash: block.hash, timestamp: Number(block.timestamp) }
  await transferAll(chain, here)
  await chain.mine(10)
  strategies = [
    { id: 'erc20-votes', version: 1, network: '31337', params: { address: here } },
    { id: 'erc20-votes', version: 1, network: String(OTHER), params: { address: there } },
    { id: 'ticket', version: 1, network: '31337', params: { value: 2 } },
  ]
})
afterAll(async () => {
  await ctx.close()
  await watched.stop()
  await chain.stop()
  await other.stop()
})

/** Whole tokens of Ada and Ben, delegated to themselves. */
async function deployToken(on: TestChain, amounts: readonly [bigint, bigint]): Promise<Address> {
  const address = await on.deploy(demoTokenAbi, demoTokenBytecode, [
    [Ada.address, Ben.address],
    amounts.map((amount) => parseUnits(String(amount), 18)),
  ])
  for (const who of ['Ada', 'Ben'] as const) {
    const args = [accounts[who].address] as const
    const hash = await on
      .wallet(who)
      .writeContract({ address, abi: demoTokenAbi, functionName: 'delegate', args })
    await on.client.waitForTransactionReceipt({ hash })
  }
  return address
}

async function transferAll(on: TestChain, address: Address): Promise<void> {
  const args = [Chloe.address, parseUnits('70', 18)] as const
  const hash = await on
    .wallet('Ada')
    .writeContract({ address, abi: demoTokenAbi, functionName: 'transfer', args })
  await on.client.waitForTransactionReceipt({ hash })
}

const tokens = (amount: number) => BigInt(amount) * 10n ** 18n

test('every strategy is read on its own chain, at the snapshot’s moment', async () => {
  const powers = await measurePower(ctx, { strategies, at: snapshot, voters })
  expect(powers).toEqual(
    new Map([
      [Ada.address, { total: tokens(73), byStrategy: [tokens(70), tokens(1), tokens(2)] }],
      [Ben.address, { total: tokens(7), byStrategy: [tokens(5), 0n, tokens(2)] }],
      [Chloe.address, { total: tokens(2), byStrategy: [0n, 0n, tokens(2)] }],
    ]),
  )
})

test('the newest block is another question', async () => {
  const powers = await measurePower(ctx, { strategies: strategies.slice(0, 1), at: 'latest', voters })
  expect([...powers.values()].map(({ total }) => total)).toEqual([0n, tokens(5), 0n])
})

test('answers at final blocks are kept for ever where told: nothing is asked twice, by any process', async () => {
  await measurePower(ctx, { strategies, at: snapshot, voters, keep: true })
  const asked = watched.asked.length
  const again = await measurePower(ctx, { strategies, at: snapshot, voters: [Ben.address] })
  expect(again.get(Ben.address)?.total).toBe(tokens(7))
  expect(watched.asked.length).toBe(asked)

  const calls = () => watched.asked.filter((method) => method === 'eth_call').length
  const before = calls()
  await measurePower(ctx.another(), { strategies, at: snapshot, voters })
  expect(calls()).toBe(before)
})

test('answers at blocks that may still go away are not kept', async () => {
  await chain.mine(1)
  const block = await chain.client.getBlock()
  const at = { chainId: 31337, number: block.number, hash: block.hash, timestamp: Number(block.timestamp) }
  const rows = () => ctx.db.prisma.powerAnswer.count()
  const before = await rows()
  await measurePower(ctx, { strategies: strategies.slice(0, 1), at, voters, keep: true })
  expect(await rows()).toBe(before)
})

test('answers are not kept for whoever asks', async () => {
  const rows = () => ctx.db.prisma.powerAnswer.count()
  const before = await rows()
  const stranger = privateKeyToAddress(generatePrivateKey())
  await measurePower(ctx, { strategies, at: snapshot, voters: [stranger] })
  expect(await rows()).toBe(before)
})

test('reads at most four strategies at once, and each chain’s block once', async () => {
  let [open, most] = [0, 0]
  const slow = await startRpcServer(chain.rpcUrl, async (_request, _response, upstream) => {
    most = Math.max(most, ++open)
    await new Promise((resolve) => setTimeout(resolve, 20))
    open--
    await upstream()
  })
  const another = ctx.another({ rpcUrls: { 31337: slow.url } })
  const many = Array.from({ length: 12 }, () => strategies[0]).flatMap((strategy) => strategy ?? [])
  await measurePower(another, { strategies: many, at: 'latest', voters })
  await slow.stop()
  expect(most).toBeLessThanOrEqual(4)
  expect(slow.asked.filter((method) => method === 'eth_getBlockByNumber').length).toBeLessThanOrEqual(2)
})

test('another chain’s block that may still go away counts for nobody, and may be asked about', async () => {
  await other.mine(2)
  const { number: head } = await other.client.getBlock()
  const { timestamp } = await other.client.getBlock({ blockNumber: head - 1n })
  const question = { strategies, at: { ...snapshot, timestamp: Number(timestamp) }, voters: [Ada.address] }
  expect((await measurePower(ctx, question)).get(Ada.address)?.byStrategy[1]).toBe(tokens(1))
  const counted = measurePower(ctx, { ...question, keep: true })
  await expect(counted).rejects.toMatchObject({ code: 'chain_unavailable', message: /is not final yet/ })
})

test('another block under the snapshot’s number is not read', async () => {
  const at = { ...snapshot, hash: `0x${'00'.repeat(32)}` as Hex }
  await expect(measurePower(ctx, { strategies, at, voters })).rejects.toMatchObject({
    code: 'chain_unavailable',
    message: `Block ${snapshot.number} of chain 31337 is not the one that the proposal was made at.`,
  })
})

test('a contract that cannot answer is named', async () => {
  const params = { address: Ada.address }
  const broken = [{ id: 'erc20-votes', version: 1, network: '31337', params }]
  await expect(measurePower(ctx, { strategies: broken, at: snapshot, voters })).rejects.toMatchObject({
    code: 'invalid',
    message: expect.stringContaining(Ada.address),
  })
})

describe('a reader', () => {
  test('asks for a thousand voters in a handful of calls', async () => {
    const many = Array.from({ length: 1000 }, () => privateKeyToAddress(generatePrivateKey()))
    const reader = createPowerReader(ctx)
    const question = { strategies: strategies.slice(0, 1), at: snapshot }
    const before = watched.asked.length
    const answers = await Promise.all(
      [...many, Ben.address].map((voter) => reader.read('p', question, voter)),
    )
    expect(answers.at(-1)?.total).toBe(tokens(5))
    expect(answers.slice(0, -1).every(({ total }) => total === 0n)).toBe(true)
    expect(watched.asked.length - before).toBeLessThan(12)
  })

  test('tells everybody his own power, and only those without an answer that there is none', async () => {
    const picky = await deployPickyToken(chain, Ben.address)
    const pickier = await deployPickyToken(chain, Chloe.address)
    const at = await chain.client.getBlock()
    const question = {
      strategies: [picky, pickier].map((address) => ({
        id: 'erc20-balance-of',
        version: 1,
        network: '31337',
        params: { address },
      })),
      at: { chainId: 31337, number: at.number, hash: at.hash, timestamp: Number(at.timestamp) },
    }
    const reader = createPowerReader(ctx)
    const answers = await Promise.allSettled(voters.map((voter) => reader.read('picky', question, voter)))
    expect(answers).toMatchObject([
      { status: 'fulfilled', value: { total: 2n } },
      {
        status: 'rejected',
        reason: { code: 'invalid', message: expect.stringMatching(new RegExp(picky, 'i')) },
      },
      {
        status: 'rejected',
        reason: { code: 'invalid', message: expect.stringMatching(new RegExp(pickier, 'i')) },
      },
    ])
  })

  test('keeps questions of different proposals apart', async () => {
    const reader = createPowerReader(ctx)
    const [one, two] = await Promise.all([
      reader.read('one', { strategies: strategies.slice(0, 1), at: snapshot }, Ada.address),
      reader.read('two', { strategies: strategies.slice(2), at: snapshot }, Ada.address),
    ])
    expect([one.total, two.total]).toEqual([tokens(70), tokens(2)])
  })

  test('tells everybody who asked when the chain cannot be read', async () => {
    const cutOff = ctx.another({ rpcUrls: { 31337: 'http://127.0.0.1:1' } })
    const reader = createPowerReader(cutOff)
    const question = { strategies: strategies.slice(0, 1), at: { ...snapshot, number: snapshot.number - 1n } }
    const answers = await Promise.allSettled(voters.map((voter) => reader.read('p', question, voter)))
    expect(
      answers.every((answer) => answer.status === 'rejected' && answer.reason.code === 'chain_unavailable'),
    ).toBe(true)
  })
})
