import { type Abi, namehash } from 'viem'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { mockEnsAbi, mockEnsBytecode } from '../testing/abi/mock-ens'
import { accounts } from '../testing/accounts'
import { startTestChain, type TestChain } from '../testing/chain'
import { type Chains, createChains } from './chains'
import { fetchSpaceController } from './ens-controller'

const REGISTRY = '0x00000000000C2E074eC69A0dFb2997BA6C7d2e1e'
const NAME_WRAPPER = '0xD4416b13d2b3a9aBae7AcD5D6C2BbDBE25686401'
const UNIVERSAL_RESOLVER = '0xeEeEEEeE14D718C2B47D9923Deab1335E144EeEe'

const { Ada, Ben, Chloe } = accounts
const node = namehash('dao.eth')

let chain: TestChain
let chains: Chains
let pristine: `0x${string}`

beforeAll(async () => {
  chain = await startTestChain({ chainId: 1 })
  chains = createChains({ urls: { 1: [chain.rpcUrl] } })
  const mock = await chain.deploy(mockEnsAbi, mockEnsBytecode, [])
  const bytecode = await chain.client.getCode({ address: mock })
  if (!bytecode) throw new Error('the mock was not deployed')
  for (const address of [REGISTRY, NAME_WRAPPER, UNIVERSAL_RESOLVER] as const) {
    await chain.client.setCode({ address, bytecode })
  }
  await write(REGISTRY, 'setOwner', [node, Ada.address])
  pristine = await chain.client.snapshot()
})
beforeEach(async () => {
  await chain.client.revert({ id: pristine })
  pristine = await chain.client.snapshot()
})
afterAll(() => chain.stop())

function write(address: `0x${string}`, functionName: string, args: readonly unknown[]) {
  return chain.confirm(
    chain.wallet('Ada').writeContract({ address, abi: mockEnsAbi as Abi, functionName, args }),
  )
}

describe('the text record', () => {
  test.each([
    ['an address', Ben.address],
    ['an address in lower case', Ben.address.toLowerCase()],
    ['a URI', `https://snapshot.example/registry/${Ben.address}/dao.eth`],
    ['a testnet URI', `https://snapshot.example/registry/testnet/${Ben.address}/dao.eth`],
  ])('%s names the controller', async (_, record) => {
    await write(UNIVERSAL_RESOLVER, 'setText', [node, record])
    const controller = await fetchSpaceController(chains, 'dao.eth')
    expect(controller).toMatchObject({ address: Ben.address, source: 'text-record', block: { chainId: 1 } })
  })

  test.each([
    ['no address', 'ipns://storage.snapshot.page'],
    ['an address with a wrong checksum', Ben.address.replace('C8', 'c8')],
    ['an address at another place', `ipfs://${Ben.address}`],
  ])('%s leaves the owner', async (_, record) => {
    await write(UNIVERSAL_RESOLVER, 'setText', [node, record])
    expect(await fetchSpaceController(chains, 'dao.eth')).toMatchObject({
      address: Ada.address,
      source: 'owner',
    })
  })
})

describe('without a record', () => {
  test('the owner in the registry', async () => {
    expect(await fetchSpaceController(chains, 'dao.eth')).toMatchObject({
      address: Ada.address,
      source: 'owner',
    })
    expect(await fetchSpaceController(chains, 'DAO.eth')).toMatchObject({ address: Ada.address })
  })

  test('the owner of a wrapped name', async () => {
    await write(REGISTRY, 'setOwner', [node, NAME_WRAPPER])
    await write(NAME_WRAPPER, 'setWrappedOwner', [node, Chloe.address])
    expect(await fetchSpaceController(chains, 'dao.eth')).toMatchObject({
      address: Chloe.address,
      source: 'owner',
    })
  })

  test('nobody', async () => {
    expect(await fetchSpaceController(chains, 'unregistered.eth')).toBeUndefined()
    expect(await fetchSpaceController(chains, 'not a name.eth')).toBeUndefined()
  })
})

describe('a failed read is not an answer', () => {
  test('a resolver that reverts does not fall through to the owner', async () => {
    await write(UNIVERSAL_RESOLVER, 'setBroken', [true])
    await expect(fetchSpaceController(chains, 'dao.eth')).rejects.toMatchObject({
      code: 'controller_unknown',
      retry: true,
      message: 'The controller of dao.eth could not be read from ENS on chain 1.',
    })
  })

  test('a chain without ENS', async () => {
    await chain.client.setCode({ address: UNIVERSAL_RESOLVER, bytecode: '0x' })
    await expect(fetchSpaceController(chains, 'dao.eth')).rejects.toMatchObject({
      code: 'controller_unknown',
    })
  })

  test('a registry without code', async () => {
    await chain.client.setCode({ address: REGISTRY, bytecode: '0x' })
    await expect(fetchSpaceController(chains, 'dao.eth')).rejects.toMatchObject({
      code: 'controller_unknown',
    })
  })

  test.each([
    ['down', { 1: ['http://127.0.0.1:9'] }],
    ['not configured', {}],
  ])('Ethereum %s', async (_, urls) => {
    await expect(fetchSpaceController(createChains({ urls }), 'dao.eth')).rejects.toMatchObject({
      code: 'controller_unknown',
    })
  })
})

test('on Sepolia the record counts, and a name without one has no known controller', async () => {
  const sepolia = await startTestChain({ chainId: 11155111 })
  const bytecode = await chain.client.getCode({ address: UNIVERSAL_RESOLVER })
  await sepolia.client.setCode({ address: UNIVERSAL_RESOLVER, bytecode: bytecode ?? '0x' })
  await sepolia.confirm(
    sepolia.wallet('Ada').writeContract({
      address: UNIVERSAL_RESOLVER,
      abi: mockEnsAbi,
      functionName: 'setText',
      args: [node, Ben.address],
    }),
  )
  const only = createChains({ urls: { 11155111: [sepolia.rpcUrl] } })
  expect(await fetchSpaceController(only, 'dao.eth')).toMatchObject({ address: Ben.address })
  await expect(fetchSpaceController(only, 'other.eth')).rejects.toMatchObject({ code: 'controller_unknown' })
  await sepolia.stop()
})
