import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { parseAbi, parseEther } from 'viem'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { hashModuleConfig } from '../core/settlement/module-config'
import { accounts } from '../testing/accounts'
import { startTestChain, type TestChain } from '../testing/chain'
import { demoAccounts } from './demo-accounts'
import { type DemoContracts, setUpDemoContracts } from './demo-contracts'
import { demoModuleConfig } from './demo-module'

const abi = parseAbi([
  'function getModulesPaginated(address start, uint256 pageSize) view returns (address[], address)',
  'function nonce() view returns (uint256)',
  'function getVotes(address) view returns (uint256)',
  'function totalSupply() view returns (uint256)',
  'function configHash() view returns (bytes32)',
])
const keys = { operator: accounts.Hugo.address, receiptKey: accounts.Grace.address }
const others = {
  operator: '0x00000000000000000000000000000000000B0b01',
  receiptKey: keys.receiptKey,
} as const

let dir: string
let file: string
let chain: TestChain
let contracts: DemoContracts

beforeAll(async () => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), 'comitia-contracts-'))
  file = path.join(dir, 'contracts.json')
  chain = await startTestChain()
  contracts = await setUpDemoContracts(chain.rpcUrl, file, keys)
})

afterAll(async () => {
  await chain.stop()
  fs.rmSync(dir, { recursive: true })
})

async function modules() {
  const args = ['0x0000000000000000000000000000000000000001', 10n] as const
  const read = { address: contracts.safe, abi, functionName: 'getModulesPaginated', args } as const
  return (await chain.client.readContract(read))[0]
}

test("the Safe's one module is the demo's, enabled by a transaction of its owners", async () => {
  const { safe, module, token } = contracts
  expect(await modules()).toEqual([module])
  expect(await chain.client.readContract({ address: safe, abi, functionName: 'nonce' })).toBe(1n)
  expect(await chain.client.readContract({ address: module, abi, functionName: 'configHash' })).toBe(
    hashModuleConfig(demoModuleConfig({ ...keys, token })),
  )
})

test('a second start sends nothing', async () => {
  const before = await chain.client.getBlockNumber()
  expect(await setUpDemoContracts(chain.rpcUrl, file, keys)).toEqual(contracts)
  expect(await chain.client.getBlockNumber()).toBe(before)
})

test('each of the eight accounts may propose, and the quorum is that of the space', async () => {
  const { token } = contracts
  const config = demoModuleConfig({ ...keys, token })
  for (const { address } of Object.values(demoAccounts)) {
    const votes = await chain.client.readContract({
      ...{ address: token, abi, functionName: 'getVotes' },
      args: [address],
    })
    expect(votes).toBeGreaterThanOrEqual(config.proposalThreshold)
  }
  const supply = await chain.client.readContract({ address: token, abi, functionName: 'totalSupply' })
  const quorum = (supply * BigInt(config.quorumBps)) / 10_000n
  expect(quorum - parseEther('60000')).toBeGreaterThanOrEqual(0n)
  expect(quorum - parseEther('60000')).toBeLessThan(parseEther('100'))
})

test('a demo without a module for these keys gets one, and its operator coins', async () => {
  const upgraded = await setUpDemoContracts(chain.rpcUrl, file, others)
  expect(upgraded).toMatchObject({ token: contracts.token, safe: contracts.safe, operator: others.operator })
  expect(await modules()).toEqual([upgraded.module, contracts.module])
  expect(await chain.client.getBalance({ address: others.operator })).toBe(parseEther('100'))
})
