import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { createTestClient, http, parseEther, publicActions, walletActions } from 'viem'
import { foundry } from 'viem/chains'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type RunningAnvil, savedStates, startAnvil } from './anvil'
import { catchUpWithTime } from './catch-up-with-time'
import { keepChain, saveChain } from './chain-keeper'
import { demoAccounts } from './demo-accounts'
import { findFreePort } from './free-port'

const { Ada } = demoAccounts
const recipient = '0x00000000000000000000000000000000000000A1'
const DAY = 86_400
const now = () => Math.floor(Date.now() / 1000)

let dir: string
let port: number
let anvil: RunningAnvil

beforeEach(async () => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), 'comitia-anvil-'))
  port = await findFreePort()
  anvil = await start()
})

afterEach(async () => {
  await anvil.stop()
  fs.rmSync(dir, { recursive: true })
})

test('a killed chain comes back as it was saved: blocks, past states, genesis, and the time of the machine', async () => {
  await pay('1')
  await catchUpWithTime(anvil.rpcUrl)
  await pay('2')
  await saveChain(anvil.rpcUrl, dir)
  const before = await describe()

  for (const _ of [1, 2]) {
    await kill()
    anvil = await start()
    expect(anvil.reused).toBe(false)
    expect(await describe()).toEqual(before)
  }
  expect(before.balances).toEqual([0n, parseEther('1'), parseEther('3')])

  await client().mine({ blocks: 1 })
  const { timestamp } = await client().getBlock()
  expect(Math.abs(Number(timestamp) - now())).toBeLessThanOrEqual(2)
})

test('where the last save cannot be read, the one before it counts', async () => {
  await pay('1')
  await saveChain(anvil.rpcUrl, dir)
  await pay('2')
  await saveChain(anvil.rpcUrl, dir)
  await kill()
  const [newest, previous] = savedStates(dir)
  fs.truncateSync(newest, 1_000)
  anvil = await start()
  expect(await client().getBalance({ address: recipient })).toBe(parseEther('1'))

  await kill()
  fs.truncateSync(newest, 1_000)
  fs.writeFileSync(previous, '')
  await expect(start()).rejects.toThrow('cannot be read')
})

test('a saved chain that still runs is taken over; one that was never saved is not', async () => {
  await pay('1')
  anvil = await start()
  expect(anvil.reused).toBe(false)
  expect(await client().getBlockNumber()).toBe(0n)

  await saveChain(anvil.rpcUrl, dir)
  await pay('1')
  anvil = await start()
  expect(anvil.reused).toBe(true)
  expect(await client().getBlockNumber()).toBe(1n)
})

test('a kept chain is saved when it moves, and moves on after a transaction until that is final', async () => {
  const keeper = keepChain({ dir, rpcUrl: anvil.rpcUrl })
  await pay('1')
  const paidAt = await client().getBlockNumber({ cacheTime: 0 })
  await expect
    .poll(async () => (await client().getBlock({ blockTag: 'finalized' })).number, { timeout: 10_000 })
    .toBeGreaterThanOrEqual(paidAt)
  await keeper.stop()
  const height = await client().getBlockNumber({ cacheTime: 0 })
  await kill()
  anvil = await start()
  expect(await client().getBlockNumber()).toBe(height)
})

function start(): Promise<RunningAnvil> {
  return startAnvil({ dir, genesisTime: now() - DAY, port })
}

async function kill(): Promise<void> {
  process.kill(JSON.parse(fs.readFileSync(path.join(dir, 'anvil.json'), 'utf8')).pid, 'SIGKILL')
  await anvil.ended
}

function client() {
  return createTestClient({
    mode: 'anvil',
    account: Ada.address,
    chain: foundry,
    transport: http(anvil.rpcUrl),
    pollingInterval: 20,
  })
    .extend(publicActions)
    .extend(walletActions)
}

async function pay(ether: string): Promise<void> {
  const hash = await client().sendTransaction({ to: recipient, value: parseEther(ether) })
  await client().waitForTransactionReceipt({ hash })
}

/** The hashes of all blocks, and what the recipient had before the first payment, after it, and in the end. */
async function describe() {
  const height = Number(await client().getBlockNumber({ cacheTime: 0 }))
  const numbers = Array.from({ length: height + 1 }, (_, number) => BigInt(number))
  return {
    hashes: await Promise.all(
      numbers.map(async (blockNumber) => (await client().getBlock({ blockNumber })).hash),
    ),
    balances: await Promise.all(
      [0, 1, height].map((number) =>
        client().getBalance({ address: recipient, blockNumber: BigInt(number) }),
      ),
    ),
  }
}
