import { encodeAbiParameters, encodeFunctionData, getAddress, type Hex, zeroAddress } from 'viem'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { demoTokenAbi, demoTokenBytecode } from '../../chain/abi/demo-token'
import { tallyModuleAbi, tallyModuleBytecode } from '../../chain/abi/tally-module'
import { fetchBlock } from '../../chain/blocks'
import { type Chains, createChains } from '../../chain/chains'
import { enableModuleTransaction, moduleSingletons } from '../../chain/module-deployment'
import { hashModuleConfig, type ModuleConfig } from '../../core/settlement/module-config'
import { deployModule } from '../../dev/deploy-module'
import { deploySafe } from '../../dev/deploy-safe'
import { votesTokenAbi, votesTokenBytecode } from '../../testing/abi/votes-token'
import { accounts } from '../../testing/accounts'
import { startTestChain, type TestChain } from '../../testing/chain'
import { readConfig } from './read-config'
import { readModule } from './read-module'

const { Ada, Ben, Hugo } = accounts
const chainId = 31337
let chain: TestChain
let chains: Chains
let safe: Hex
let module: Hex
let token: Hex
let config: ModuleConfig

beforeAll(async () => {
  chain = await startTestChain()
  chains = createChains({ urls: { [chainId]: [chain.rpcUrl] } })
  const local = { rpcUrl: chain.rpcUrl, chainId, deployer: Hugo }
  safe = await deploySafe({ ...local, owners: [Ada.address], threshold: 1, saltNonce: 1n })
  token = getAddress(await chain.deploy(demoTokenAbi, demoTokenBytecode, [[Ada.address], [1n]]))
  config = {
    ...{ space: 'dao', operator: Ben.address, receiptKey: Ben.address },
    powerSource: moduleSingletons.powerSource.address,
    powerParams: encodeAbiParameters([{ type: 'address' }], [token]),
    ...{ quorumBps: 400, quorumChoices: 5, proposalThreshold: 1n, proposers: [Ada.address] },
    ...{ minPeriod: 30, maxBackdate: 600, maxSnapshotAge: 10_000n, commitGrace: 604_800 },
    ...{ challengeWindow: 0, omissionWindow: 0, cooldown: 10, expiry: 2_592_000 },
    ...{ bond: 0n, revealFee: 0n, guardian: zeroAddress, guardianExpiry: 0n, isTest: true },
  }
  module = await deployModule({ ...local, safe, config, saltNonce: 1n })
  await chain.client.impersonateAccount({ address: safe })
  await chain.client.setBalance({ address: safe, value: 10n ** 18n })
})
afterAll(() => chain.stop())

const send = ({ to, data }: { readonly to: Hex; readonly data: Hex }) =>
  chain.confirm(chain.client.sendUnsignedTransaction({ from: safe, to, data }))

const toModule = (data: Hex) => send({ to: module, data })

async function read(address: Hex = module) {
  const block = await fetchBlock(chains, chainId, 'latest')
  return readModule(chains, { module: address, chainId, block })
}

/** Reads once with something of the chain changed, and puts it back. */
async function readWith(change: () => Promise<unknown>) {
  const before = await chain.client.snapshot()
  // Chains are cached by what was final: a new one knows nothing.
  chains = createChains({ urls: { [chainId]: [chain.rpcUrl] } })
  await change()
  const found = await read()
  await chain.client.revert({ id: before })
  return found
}

test('a module is what its chain says, and enabled once its Safe has done so', async () => {
  const known = {
    ...{ address: module, chainId, safe, isGenuine: true, isEnabled: false, config },
    configHash: hashModuleConfig(config),
  }
  const { number } = await chain.client.getBlock()
  expect(await read()).toEqual({
    ...known,
    source: { kind: 'votes', token, clock: 'block-number', now: number },
  })
  await send(enableModuleTransaction(safe, module))
  expect(await read()).toMatchObject({ ...known, isEnabled: true })
})

test('a config of before can still be read, and one it never had cannot', async () => {
  const next = { ...config, quorumBps: 500 }
  await toModule(encodeFunctionData({ abi: tallyModuleAbi, functionName: 'setConfig', args: [next] }))
  expect(await read()).toMatchObject({ config: next, configHash: hashModuleConfig(next) })
  const block = await fetchBlock(chains, chainId, 'latest')
  const past = (hash: Hex) => readConfig(chains, { module, hash, block })
  expect(await past(hashModuleConfig(config))).toEqual(config)
  expect(await past(`0x${'12'.repeat(32)}`)).toBeNull()
})

test('a token that counts seconds', async () => {
  const timed = getAddress(await chain.deploy(votesTokenAbi, votesTokenBytecode, [18, true]))
  const found = await readWith(() => {
    const powerParams = encodeAbiParameters([{ type: 'address' }], [timed])
    const next = { ...config, powerParams }
    return toModule(encodeFunctionData({ abi: tallyModuleAbi, functionName: 'setConfig', args: [next] }))
  })
  expect(found).toMatchObject({ source: { kind: 'votes', token: timed, clock: 'timestamp' } })
})

test('a power source with any other code is unknown, and so is one whose token has lost its clock', async () => {
  const { powerSource } = config
  const code = (await chain.client.getCode({ address: powerSource })) as Hex
  const longer = await readWith(() => chain.client.setCode({ address: powerSource, bytecode: `${code}00` }))
  const gone = await readWith(() => chain.client.setCode({ address: token, bytecode: '0x' }))
  for (const found of [longer, gone])
    expect(found).toMatchObject({ isGenuine: true, source: { kind: 'unknown' } })
})

test('one changed byte of mastercopy, checker or proxy is not genuine', async () => {
  const { mastercopy, checker } = moduleSingletons
  for (const address of [mastercopy.address, checker.address]) {
    const code = (await chain.client.getCode({ address })) as Hex
    // In the trailing metadata, where it changes nothing else.
    const changed = `${code.slice(0, -2)}${code.endsWith('00') ? '01' : '00'}` as Hex
    const found = await readWith(() => chain.client.setCode({ address, bytecode: changed }))
    expect(found).toMatchObject({ isGenuine: false, isEnabled: true, safe })
  }
  const proxy = (await chain.client.getCode({ address: module })) as Hex
  const found = await readWith(() => chain.client.setCode({ address: module, bytecode: `${proxy}00` }))
  expect(found).toMatchObject({ isGenuine: false })
})

test('a mastercopy with another checker is not genuine', async () => {
  const foreign = await chain.deploy(tallyModuleAbi, tallyModuleBytecode, [token])
  const proxy = (await chain.client.getCode({ address: module })) as Hex
  const found = await readWith(() =>
    chain.client.setCode({
      address: module,
      bytecode: proxy.replace(
        moduleSingletons.mastercopy.address.slice(2).toLowerCase(),
        foreign.slice(2),
      ) as Hex,
    }),
  )
  expect(found).toMatchObject({ isGenuine: false })
})

test('a module that is not its Safe’s alone is a problem', async () => {
  const abi = tallyModuleAbi
  const given = await readWith(() =>
    toModule(encodeFunctionData({ abi, functionName: 'transferOwnership', args: [Ben.address] })),
  )
  expect(given).toEqual({
    problem: `The module ${module} on chain 31337 is not its Safe's alone: it acts for ${safe} through ${safe}, and ${Ben.address} can change it.`,
  })
  const aimed = await readWith(() =>
    toModule(encodeFunctionData({ abi, functionName: 'setTarget', args: [Ben.address] })),
  )
  expect(aimed).toEqual({
    problem: `The module ${module} on chain 31337 is not its Safe's alone: it acts for ${safe} through ${Ben.address}, and ${safe} can change it.`,
  })
})

test('an avatar that is no Safe has nothing enabled', async () => {
  const local = { rpcUrl: chain.rpcUrl, chainId, deployer: Hugo }
  const stray = await deployModule({ ...local, safe: Ben.address, config, saltNonce: 1n })
  expect(await read(stray)).toMatchObject({ safe: Ben.address, isGenuine: true, isEnabled: false })
})

test('what is no module says so; a silent chain says nothing', async () => {
  expect(await read(Ben.address)).toEqual({
    problem: `There is no contract at ${Ben.address} on chain 31337.`,
  })
  for (const address of [token, safe, moduleSingletons.mastercopy.address]) {
    expect(await read(address)).toEqual({
      problem: `The contract at ${address} on chain 31337 is not a tally module.`,
    })
  }
  const block = await fetchBlock(chains, chainId, 'latest')
  const silent = createChains({ urls: { [chainId]: ['http://127.0.0.1:9'] }, timeoutMs: 200 })
  await expect(readModule(silent, { module, chainId, block })).rejects.toMatchObject({
    code: 'chain_unavailable',
  })
})
