import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { type Address, getAddress, type Hex, parseEther } from 'viem'
import { generatePrivateKey, privateKeyToAddress } from 'viem/accounts'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { demoTokenAbi, demoTokenBytecode } from '../chain/abi/demo-token'
import { moduleSingletons } from '../chain/module-deployment'
import {
  execTransactionData,
  packSignatures,
  safeTransactionFor,
  safeTxHash,
} from '../core/settlement/safe-transaction'
import { deploySafe } from '../dev/deploy-safe'
import { mockTokenAbi, mockTokenBytecode } from '../testing/abi/mock-token'
import { accounts } from '../testing/accounts'
import { startTestChain, type TestChain } from '../testing/chain'
import { main } from './main'

const { Ada, Ben, Chloe, Dan, Grace } = accounts
const keeperKey = generatePrivateKey()
let dir: string
let chain: TestChain
let safe: Address
let settings: Record<string, unknown>

beforeAll(async () => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), 'comitia-module-'))
  chain = await startTestChain()
  const local = { rpcUrl: chain.rpcUrl, chainId: chain.chainId, deployer: accounts.Hugo }
  safe = await deploySafe({ ...local, owners: [Ada.address, Ben.address], threshold: 2, saltNonce: 3n })
  const supply = [[Ada.address], [parseEther('1000')]] as const
  const token = getAddress(await chain.deploy(demoTokenAbi, demoTokenBytecode, supply))
  settings = {
    ...{ preset: 'l1', space: 'lantern.eth', operator: Chloe.address, receiptKey: Dan.address },
    ...{ powerSource: { votes: token }, quorumBps: 400, proposalThreshold: '1.5' },
    ...{ guardian: { address: Grace.address, until: '2031-05-06' }, cooldown: '48h' },
  }
  await chain.mine(3)
})

afterAll(async () => {
  await chain.stop()
  fs.rmSync(dir, { recursive: true })
})

let said: string
beforeEach(() => {
  said = ''
  for (const method of ['log', 'error'] as const) {
    vi.spyOn(console, method).mockImplementation((line) => {
      said += `${line}\n`
    })
  }
  vi.stubEnv('RPC_URL_31337', chain.rpcUrl)
  vi.stubEnv('COMITIA_KEEPER_KEY', keeperKey)
})

afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
})

/** Runs the command and answers with its exit code; `said` is what it wrote. */
async function run(...args: string[]): Promise<number> {
  said = ''
  process.exitCode = 0
  await main(['module', ...args])
  const code = Number(process.exitCode)
  process.exitCode = 0
  return code
}

function withConfig(changes: Record<string, unknown> = {}, name = 'config.json'): string[] {
  const file = path.join(dir, name)
  fs.writeFileSync(file, JSON.stringify({ ...settings, ...changes }))
  return ['--chain', '31337', '--safe', safe, '--config', file]
}

test('from a plan to a module that is well', async () => {
  expect(await run('plan', ...withConfig())).toBe(0)
  for (const text of [
    'if For > Against and For + Abstain ≥ 4% of all votes there are',
    'whoever has 1.5 VOTE',
    'at most 7200 blocks old',
    'from 2 days until 14 days after the ballots are proven',
    `${Grace.address} may veto and pause until 2031-05-06`,
    `${safe}, 2 of 2 owners`,
    `${moduleSingletons.mastercopy.address}  to be deployed`,
    'deploy the contracts: comitia module deploy',
  ]) {
    expect(said).toContain(text)
  }
  const module = / {2}module +(0x\S+)/.exec(said)?.[1] ?? ''

  expect(await run('enable', ...withConfig())).toBe(1)
  expect(said).toContain('comitia module deploy first')

  expect(await run('deploy', ...withConfig())).toBe(1)
  expect(said).toMatch(/the deployment failed: insufficient funds/i)
  await chain.confirm(
    chain.wallet('Ada').sendTransaction({
      to: privateKeyToAddress(keeperKey),
      value: parseEther('1'),
    }),
  )
  expect(await run('deploy', ...withConfig())).toBe(0)
  expect(said).not.toContain('to be deployed')
  expect(said).toContain(`have the Safe's owners enable ${module}`)
  const height = await chain.client.getBlockNumber()
  expect(await run('deploy', ...withConfig())).toBe(0)
  expect(await chain.client.getBlockNumber()).toBe(height)

  expect(await run('show', '--chain', '31337', '--module', module)).toBe(1)
  expect(said.split('\n').filter((line) => line.startsWith('wrong'))).toEqual([
    'wrong  enabled      no: comitia module enable',
  ])

  const file = path.join(dir, 'batch.json')
  expect(await run('enable', ...withConfig(), '--batch', file)).toBe(0)
  expect(said).toContain('2 of 2 owners of the Safe must sign')
  const { chainId, meta, transactions } = JSON.parse(fs.readFileSync(file, 'utf8'))
  expect([chainId, meta.createdFromSafeAddress, transactions.length]).toEqual(['31337', safe, 1])
  const [{ to, value, data }] = transactions
  expect(said).toContain(data)
  await execute({ to, value: BigInt(value), data })

  expect(await run('show', '--chain', '31337', '--module', module)).toBe(0)
  expect(said).toContain(`well   Safe         ${safe}, 2 of 2 owners`)
  expect(await run('plan', ...withConfig())).toBe(0)
  expect(said).toContain('Nothing is missing.')
}, 60_000)

async function execute(call: { to: Address; value: bigint; data: Hex }): Promise<void> {
  const transaction = safeTransactionFor([{ ...call, operation: 0 }], 0)
  const hash = safeTxHash({ chainId: chain.chainId, safe }, transaction)
  const signatures = await Promise.all(
    [Ada, Ben].map(async (owner) => {
      const signature = await owner.sign({ hash })
      return { owner: owner.address, kind: 'ecdsa', signature } as const
    }),
  )
  const data = execTransactionData(transaction, packSignatures(signatures))
  await chain.confirm(chain.wallet('Ada').sendTransaction({ to: safe, data }))
}

test.each<[string, Record<string, unknown>, string]>([
  ['a missing field', { operator: undefined }, 'operator is missing'],
  [
    'an address in lower case',
    { operator: Chloe.address.toLowerCase().replace('0x', '0X') },
    'operator must',
  ],
  ['the zero address', { receiptKey: `0x${'0'.repeat(40)}` }, 'receiptKey must not be the zero address'],
  ['an unknown preset', { preset: 'l3' }, 'preset must be "l1", "l2" or "test"'],
  ['a misspelt field', { cooldwon: '1d' }, 'knows no cooldwon'],
  ['a bond', { bond: '1' }, 'knows no bond'],
  ['a duration in words', { expiry: 'two days' }, 'expiry must be seconds'],
  ['no quorum', { quorumBps: 0 }, 'quorumBps must be from 1 to 10000'],
  ['a quorum of nothing', { quorumChoices: [] }, 'quorumChoices must name a choice'],
  ['another power source', { powerSource: { census: '0x' } }, 'powerSource must be {"votes": "0x…"}'],
  ['nobody who could propose', { proposalThreshold: '0' }, 'nobody could propose'],
  ['a guardian without an end', { guardian: { address: Grace.address } }, 'guardian.until must be a date'],
  ['an hour that a guardian does not have', { cooldown: '59m' }, 'would refuse this config: cooldown'],
  ['an execution that closes before it opens', { expiry: '1h' }, 'would refuse this config: expiry'],
  ['a window of years', { commitGrace: '400d' }, 'would refuse this config: commitGrace'],
])('refuses %s', async (_, changes, sentence) => {
  expect(await run('plan', ...withConfig(changes, 'wrong.json'))).toBe(1)
  expect(said).toContain(sentence)
})

test('says all that is wrong with a file at once', async () => {
  expect(await run('plan', ...withConfig({ preset: 'l9', quorumBps: 0.5, space: '' }, 'wrong.json'))).toBe(1)
  expect(said.trim().split('\n')).toHaveLength(3)
})

test('refuses tokens that keep no votes, and other accounts', async () => {
  const plain = getAddress(await chain.deploy(mockTokenAbi, mockTokenBytecode, [18]))
  for (const votes of [plain, safe, Ada.address]) {
    expect(await run('plan', ...withConfig({ powerSource: { votes } }, 'wrong.json'))).toBe(1)
    expect(said).toContain(`powerSource.votes: ${votes} on chain 31337 is no token with past votes`)
  }
})

test('refuses what is no Safe, a chain that is not configured and one that is another', async () => {
  const [, , , , ...config] = withConfig()
  const { votes } = settings.powerSource as { votes: Address }
  for (const address of [Ada.address, votes]) {
    expect(await run('plan', '--chain', '31337', '--safe', address, ...config)).toBe(1)
    expect(said).toContain(`there is no Safe at ${address} on chain 31337`)
  }
  expect(await run('plan', '--chain', '10', '--safe', safe, ...config)).toBe(1)
  expect(said).toContain('No RPC endpoint is set for chain 10')
  vi.stubEnv('RPC_URL_10', chain.rpcUrl)
  expect(await run('plan', '--chain', '10', '--safe', safe, ...config)).toBe(1)
  expect(said).toContain('31337')
})

test('refuses a command line that is not one', async () => {
  const config = withConfig()
  for (const [args, sentence] of [
    [[], '--chain is missing'],
    [['plan', '--chain', 'one'], '--chain must be a chain id'],
    [['plan', '--chain', '31337'], '--config is missing'],
    [['plan', '--chian', '1'], '--chian'],
    [['fly', ...config], 'usage: comitia module plan'],
    [['plan', '--chain', '31337', '--safe', '0x12', '--config', 'x'], '--safe must be an address'],
    [['plan', ...config, '--salt', 'x'], '--salt must be a whole number'],
  ] as const) {
    expect(await run(...args)).toBe(2)
    expect(said).toContain(sentence)
  }
})

test('refuses to plan without a file, and to deploy without a key', async () => {
  const config = withConfig()
  expect(await run('plan', '--chain', '31337', '--safe', safe, '--config', `${dir}/none`)).toBe(1)
  expect(said).toContain('cannot read')
  vi.stubEnv('COMITIA_KEEPER_KEY', '')
  vi.stubEnv('NODE_ENV', 'production')
  expect(await run('plan', ...config)).toBe(0)
  expect(await run('deploy', ...config)).toBe(1)
  expect(said).toContain('COMITIA_KEEPER_KEY')
})

test('shows what is no module as such', async () => {
  for (const address of [Ada.address, safe, moduleSingletons.mastercopy.address]) {
    expect(await run('show', '--chain', '31337', '--module', address)).toBe(1)
    expect(said).toContain('wrong  module       ')
  }
})
