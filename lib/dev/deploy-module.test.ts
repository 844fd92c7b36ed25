import { getSingletonFactoryInfo } from '@safe-global/safe-singleton-factory'
import { type Address, encodeAbiParameters, parseAbi, sliceHex, zeroAddress } from 'viem'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { demoTokenAbi, demoTokenBytecode } from '../chain/abi/demo-token'
import { tallyModuleAbi } from '../chain/abi/tally-module'
import { deployModule as deployAlone } from '../chain/deploy-module'
import {
  enableModuleTransaction,
  moduleDeployment,
  moduleSingletons,
  singletonFactory,
} from '../chain/module-deployment'
import { hashModuleConfig, type ModuleConfig, moduleConfigParameter } from '../core/settlement/module-config'
import { accounts } from '../testing/accounts'
import { startTestChain, type TestChain } from '../testing/chain'
import { deployModule } from './deploy-module'
import { deploySafe } from './deploy-safe'

const { Ada, Ben, Chloe } = accounts
const abi = tallyModuleAbi
const safeAbi = parseAbi(['function isModuleEnabled(address) view returns (bool)'])

let chain: TestChain
let safe: Address
let config: ModuleConfig

beforeAll(async () => {
  chain = await startTestChain()
  safe = await deploySafe({ ...local(), owners: [Ada.address], threshold: 1, saltNonce: 1n })
  const token = await chain.deploy(demoTokenAbi, demoTokenBytecode, [[Ada.address], [10n ** 21n]])
  config = {
    ...{ space: 'demo', operator: Ben.address, receiptKey: Chloe.address },
    powerSource: moduleSingletons.powerSource.address,
    powerParams: encodeAbiParameters([{ type: 'address' }], [token]),
    ...{ quorumBps: 400, quorumChoices: 5, proposalThreshold: 1n, proposers: [] },
    ...{ minPeriod: 30, maxBackdate: 600, maxSnapshotAge: 10_000n, commitGrace: 604_800 },
    ...{ challengeWindow: 0, omissionWindow: 0, cooldown: 10, expiry: 2_592_000 },
    ...{ bond: 0n, revealFee: 0n, guardian: zeroAddress, guardianExpiry: 0n, isTest: true },
  }
})
afterAll(() => chain.stop())

const local = () => ({ rpcUrl: chain.rpcUrl, chainId: chain.chainId, deployer: accounts.Hugo })
const height = () => chain.client.getBlockNumber()

function read(address: Address, functionName: 'configHash' | 'owner' | 'avatar' | 'target' | 'checker') {
  return chain.client.readContract({ address, abi, functionName })
}

test('the factory is the one that safe-singleton-factory names, on every chain', () => {
  for (const chainId of [1, 10, 100, 137, 8453, 42161, 11155111]) {
    expect(getSingletonFactoryInfo(chainId)?.address).toBe(singletonFactory)
  }
})

test('a module stands where it was foretold, belongs to its Safe and has its config', async () => {
  const wanted = { safe, config, saltNonce: 1n }
  const module = await deployModule({ ...local(), ...wanted })
  expect(module).toBe(moduleDeployment(wanted).address)
  expect(await read(module, 'configHash')).toBe(hashModuleConfig(config))
  expect(await read(module, 'checker')).toBe(moduleSingletons.checker.address)
  for (const name of ['owner', 'avatar', 'target'] as const) expect(await read(module, name)).toBe(safe)
  const code = (await chain.client.getCode({ address: module })) ?? '0x'
  expect(sliceHex(code, 10, 30)).toBe(moduleSingletons.mastercopy.address.toLowerCase())
})

test('twice is once, whoever pays', async () => {
  const wanted = { ...local(), safe, config, saltNonce: 2n }
  const module = await deployModule(wanted)
  const before = await height()
  expect(await deployModule({ ...wanted, deployer: Ada })).toBe(module)
  expect(await height()).toBe(before)
})

test('another config, Safe or salt is another module on the same singletons', async () => {
  const other = await deploySafe({ ...local(), owners: [Ben.address], threshold: 1, saltNonce: 1n })
  const wanted = { ...local(), safe, config, saltNonce: 3n }
  const changes = [{}, { saltNonce: 4n }, { safe: other }, { config: { ...config, quorumBps: 401 } }]
  const modules: Address[] = []
  await deployModule({ ...wanted, saltNonce: 5n })
  const before = await height()
  for (const change of changes) modules.push(await deployModule({ ...wanted, ...change }))
  expect(new Set(modules).size).toBe(changes.length)
  expect(await height()).toBe(before + BigInt(changes.length))
})

test('nobody can set up a module again, or the mastercopy', async () => {
  const module = await deployModule({ ...local(), safe, config, saltNonce: 1n })
  const parameters = encodeAbiParameters([{ type: 'address' }, moduleConfigParameter], [Ben.address, config])
  for (const address of [module, moduleSingletons.mastercopy.address]) {
    const setUp = { address, abi, functionName: 'setUp', args: [parameters], account: Ben } as const
    await expect(chain.client.simulateContract(setUp)).rejects.toThrow('AlreadyInitialized')
  }
  expect(await read(moduleSingletons.mastercopy.address, 'owner')).toBe(zeroAddress)
  expect(await read(moduleSingletons.mastercopy.address, 'configHash')).toBe(`0x${'00'.repeat(32)}`)
})

test('an unsafe config makes no module', async () => {
  const unsafe = { safe, config: { ...config, quorumBps: 0 }, saltNonce: 1n }
  await expect(deployModule({ ...local(), ...unsafe })).rejects.toThrow()
  expect(await chain.client.getCode({ address: moduleDeployment(unsafe).address })).toBeUndefined()
})

test('the Safe enables it by a transaction to itself', async () => {
  const module = await deployModule({ ...local(), safe, config, saltNonce: 1n })
  const { to, value, data, operation } = enableModuleTransaction(safe, module)
  expect([to, value, operation]).toEqual([safe, 0n, 0])
  const isEnabled = () =>
    chain.client.readContract({
      address: safe,
      abi: safeAbi,
      functionName: 'isModuleEnabled',
      args: [module],
    })
  expect(await isEnabled()).toBe(false)
  await chain.client.impersonateAccount({ address: safe })
  await chain.client.setBalance({ address: safe, value: 10n ** 18n })
  await chain.confirm(chain.client.sendUnsignedTransaction({ from: safe, to, data }))
  expect(await isEnabled()).toBe(true)
})

test('a chain without the factory is told apart from one where it failed', async () => {
  const bare = await startTestChain()
  try {
    const deployer = { client: bare.client, wallet: bare.wallet('Ada') }
    await expect(deployAlone(deployer, { safe, config, saltNonce: 1n })).rejects.toThrow(
      'TallyChecker was not deployed',
    )
  } finally {
    await bare.stop()
  }
})
