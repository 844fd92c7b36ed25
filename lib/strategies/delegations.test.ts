import fc from 'fast-check'
import { type Address, createWalletClient, getAddress, http, pad, parseUnits, stringToHex } from 'viem'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type BlockRef, fetchBlock } from '../chain/blocks'
import { type Chains, createChains } from '../chain/chains'
import { delegateRegistryAbi } from '../testing/abi/delegate-registry'
import { guardedTokenAbi, guardedTokenBytecode } from '../testing/abi/guarded-token'
import { mockTokenAbi } from '../testing/abi/mock-token'
import { splitRegistryAbi } from '../testing/abi/split-registry'
import { accounts } from '../testing/accounts'
import { startTestChain, type TestChain } from '../testing/chain'
import { startRpcServer } from '../testing/rpc-server'
import { DELEGATE_REGISTRY } from './delegate-registry'
import { clear, delegate, deployToken, placeRegistries, send, split, type Who } from './examples.suite'
import { getStrategy, type StrategyId } from './registry'
import { SPLIT_REGISTRY } from './split-registry'
import type { PowerRequest } from './strategy'

const { Ada, Ben, Chloe, Dan, Eve } = accounts
const everybody = Object.keys(accounts) as Who[]
const addresses = everybody.map((who) => accounts[who].address)
const votes = (count: number) => parseUnits(String(count), 18)

let one: TestChain
let two: TestChain
let chains: Chains

beforeAll(async () => {
  ;[one, two] = await Promise.all([startTestChain(), startTestChain({ chainId: 31338 })])
  chains = createChains({ urls: { 31337: [one.rpcUrl], 31338: [two.rpcUrl] } })
  await Promise.all([placeRegistries({ chain: one }), placeRegistries({ chain: two })])
}, 30_000)
afterAll(() => Promise.all([one.stop(), two.stop()]))

/** The newest block, after which there are enough for it to be final. */
async function seal(chain: TestChain): Promise<BlockRef> {
  const number = await chain.client.getBlockNumber()
  await chain.mine(3)
  return fetchBlock(chains, chain.chainId, number)
}

/** Powers of accounts by name, in whole votes. */
async function measure(
  id: StrategyId,
  params: object,
  request: Pick<PowerRequest<unknown>, 'block' | 'ballots' | 'blockOn'>,
  voters: readonly Address[] = addresses,
): Promise<Partial<Record<Who, number>>> {
  const strategy = getStrategy(id)
  const asked = { ...request, voters, params: strategy.paramsSchema.parse(params) }
  const powers = await strategy.measure({ chains }, asked)
  return Object.fromEntries(
    everybody.flatMap((who) => {
      const power = powers.get(accounts[who].address)
      return power ? [[who, Number(power) / 1e18]] : []
    }),
  )
}

const balanceOf = (address: Address, network?: number) => ({
  name: 'erc20-balance-of',
  ...(network && { network }),
  params: { address, decimals: 0 },
})

describe('lending in the first registry', () => {
  let token: Address
  let block: BlockRef
  let params: object

  beforeAll(async () => {
    const world = { chain: one }
    token = await deployToken(world, 0, { Ada: 100n, Ben: 10n, Chloe: 5n, Dan: 1n, Eve: 7n, Femi: 3n })
    await delegate(world, 'Ada', 'Chloe')
    await delegate(world, 'Ada', 'Ben', 'dao.eth')
    await delegate(world, 'Eve', 'Ben')
    await delegate(world, 'Dan', 'Ben', 'dao')
    await delegate(world, 'Dan', 'Eve', 'dao.eth')
    await delegate(world, 'Femi', 'Ben', 'dao.eth')
    await delegate(world, 'Femi', 'Eve', 'dao')
    await clear(world, 'Femi', 'dao')
    await delegate(world, 'Grace', 'Ada', 'other.eth')
    block = await seal(one)
    params = { strategies: [balanceOf(token)], delegationSpace: 'dao.eth' }
  })

  test('one for the space before one for all, the later of two names, nothing that was taken back', async () => {
    expect(await measure('delegation', params, { block })).toEqual({ Ben: 110, Eve: 1 })
    const elsewhere = { ...params, delegationSpace: 'nobody.eth' }
    expect(await measure('delegation', elsewhere, { block })).toEqual({ Ben: 7, Chloe: 100 })
  })

  test('who votes takes back what he lent; others keep the rest', async () => {
    const ballots = new Set<Address>([Ada.address, Ben.address, Dan.address])
    expect(await measure('delegation', params, { block, ballots })).toEqual({ Ben: 10 })
    // With `with-delegation` it stays lent.
    expect(await measure('with-delegation', params, { block, ballots })).toEqual({
      Ben: 120,
      Chloe: 5,
      Eve: 1,
    })
  })

  test('whoever votes, no more power is counted than is held', async () => {
    const own = await measure('erc20-balance-of', { address: token, decimals: 0 }, { block })
    const held = Object.values(own).reduce((sum, power) => sum + power, 0)
    const voters = fc.uniqueArray(fc.constantFrom(...everybody))
    await fc.assert(
      fc.asyncProperty(voters, async (voting) => {
        const ballots = new Set(voting.map((who) => accounts[who].address))
        const lent = await measure('delegation', params, { block, ballots }, [...ballots])
        const counted = voting.reduce((sum, who) => sum + (own[who] ?? 0) + (lent[who] ?? 0), 0)
        expect(counted).toBeLessThanOrEqual(held)
        const least = await measure('delegation', params, { block }, [...ballots])
        for (const who of voting) expect(lent[who] ?? 0).toBeLessThanOrEqual(least[who] ?? 0)
      }),
      { numRuns: 12 },
    )
  })

  test('a node that leaves logs out is not believed, until it gives them', async () => {
    let isHonest = false
    const server = await startRpcServer(one.rpcUrl, (request, response, upstream) => {
      if (isHonest || request.method !== 'eth_getLogs') return upstream()
      response.end(JSON.stringify({ jsonrpc: '2.0', id: request.id, result: [] }))
    })
    const strategy = getStrategy('with-delegation')
    const behind = { chains: createChains({ urls: { 31337: [server.url] } }) }
    const request = { voters: [Ada.address], block, params: strategy.paramsSchema.parse(params) }
    const asked = strategy.measure(behind, request)
    await expect(asked).rejects.toMatchObject({ code: 'chain_unavailable' })
    await expect(asked).rejects.toThrow('are not complete')
    isHonest = true
    expect(await strategy.measure(behind, request)).toEqual(new Map([[Ada.address, 0n]]))
    await server.stop()
  })

  test('a chain without the registry is named', async () => {
    const early = await fetchBlock(chains, 31337, 0)
    for (const id of ['delegation', 'with-delegation', 'split-delegation'] as const) {
      const asked = measure(id, params, { block: early })
      await expect(asked).rejects.toMatchObject({ code: 'invalid', details: { unreadable: addresses } })
      await expect(asked).rejects.toThrow('Chain 31337 has no registry of delegates at block 0.')
    }
  })

  test('whose power cannot be read is a matter of those alone who borrowed it', async () => {
    const guarded = await one.deploy(guardedTokenAbi, guardedTokenBytecode, [])
    const refused = getAddress(`0x${'ab'.repeat(19)}01`)
    await one.client.setBalance({ address: refused, value: votes(1) })
    await one.client.impersonateAccount({ address: refused })
    const wallet = createWalletClient({
      account: refused,
      chain: one.client.chain,
      transport: http(one.rpcUrl),
    })
    const lending = {
      address: DELEGATE_REGISTRY,
      abi: delegateRegistryAbi,
      functionName: 'setDelegate',
    } as const
    const id = pad(stringToHex('guarded.eth'), { size: 32, dir: 'right' })
    await one.confirm(wallet.writeContract({ ...lending, args: [id, Chloe.address] }))
    const at = await seal(one)
    const strategies = [{ name: 'erc20-votes', params: { address: guarded, decimals: 0 } }]
    const asked = measure('delegation', { strategies, delegationSpace: 'guarded.eth' }, { block: at })
    await expect(asked).rejects.toMatchObject({
      code: 'invalid',
      details: { unreadable: [Chloe.address], final: true },
    })
    const others = addresses.filter((address) => address !== Chloe.address)
    const rest = await measure(
      'delegation',
      { strategies, delegationSpace: 'guarded.eth' },
      { block: at },
      others,
    )
    expect(Object.keys(rest)).toEqual(['Ben'])
  })
})

describe('lending in parts', () => {
  const world = () => ({ chain: one })
  let token: Address
  const space = (name: string) => ({ strategies: [balanceOf(token)], delegationSpace: name })

  beforeAll(async () => {
    token = await deployToken(world(), 0, { Ada: 1000n, Ben: 100n, Chloe: 20n, Dan: 30n })
  })

  test('both registries count, of an account the one in which it named somebody last', async () => {
    await delegate(world(), 'Ada', 'Chloe', 'both.eth')
    await split(world(), 'Ada', 'both.eth', { Ben: 1 })
    await delegate(world(), 'Ben', 'Dan', 'both.eth')
    // Clears nothing: what counts of Ada is in the second one.
    await clear(world(), 'Ada', 'both.eth')
    expect(await measure('split-delegation', space('both.eth'), { block: await seal(one) })).toEqual({
      Chloe: 20,
      Dan: 1130,
    })
    await send(world(), 'Ada', [SPLIT_REGISTRY, splitRegistryAbi, 'clearDelegation'], 'both.eth')
    expect(await measure('split-delegation', space('both.eth'), { block: await seal(one) })).toEqual({
      Ada: 1000,
      Chloe: 20,
      Dan: 130,
    })
  })

  test('until a time, and not to who takes none', async () => {
    const { timestamp } = await one.client.getBlock()
    await split(world(), 'Ada', 'times.eth', { Chloe: 1, Dan: 3 }, Number(timestamp) + 1_000)
    const before = await seal(one)
    const params = space('times.eth')
    expect(await measure('split-delegation', params, { block: before })).toEqual({
      Ben: 100,
      Chloe: 270,
      Dan: 780,
    })
    await send(world(), 'Dan', [SPLIT_REGISTRY, splitRegistryAbi, 'optout'], 'times.eth', true)
    expect(await measure('split-delegation', params, { block: await seal(one) })).toEqual({
      Ben: 100,
      Chloe: 1020,
      Dan: 30,
    })
    await send(world(), 'Ada', [SPLIT_REGISTRY, splitRegistryAbi, 'setExpiration'], 'times.eth', 1n)
    expect(await measure('split-delegation', params, { block: await seal(one) })).toEqual({
      ...{ Ada: 1000, Ben: 100, Chloe: 20, Dan: 30 },
    })
    expect(await measure('split-delegation', params, { block: before })).toEqual({
      Ben: 100,
      Chloe: 270,
      Dan: 780,
    })
  })

  test('who votes keeps his, if the space says so', async () => {
    await split(world(), 'Ada', 'keep.eth', { Ben: 1, Chloe: 1 })
    await split(world(), 'Ben', 'keep.eth', { Dan: 1 })
    const params = { ...space('keep.eth'), delegationOverride: true }
    const block = await seal(one)
    const ballots = (...who: Who[]) => ({
      block,
      ballots: new Set(who.map((name) => accounts[name].address)),
    })
    expect(await measure('split-delegation', params, { block })).toEqual({
      ...{ Ada: 1000, Ben: 600, Chloe: 520, Dan: 630 },
    })
    const asked = [Ben.address, Dan.address]
    expect(await measure('split-delegation', params, ballots('Ben', 'Dan'), asked)).toEqual({
      Ben: 600,
      Dan: 30,
    })
    expect(await measure('split-delegation', params, ballots('Ada', 'Dan'), asked)).toEqual({
      Ben: 100,
      Dan: 130,
    })
    // Not asked for, it stays lent.
    expect(await measure('split-delegation', space('keep.eth'), ballots('Ada', 'Dan'))).toEqual({
      ...{ Chloe: 520, Dan: 630 },
    })
  })
})

describe('several chains', () => {
  let here: Address
  let there: Address
  /** On the first chain; on the second, the last block that is not younger. */
  let block: BlockRef
  let beside: BlockRef

  beforeAll(async () => {
    const newest = await Promise.all([one.client.getBlock(), two.client.getBlock()])
    const start = BigInt(Math.max(...newest.map(({ timestamp }) => Number(timestamp))))
    const [worldHere, worldThere] = [{ chain: one }, { chain: two }]
    await one.client.setNextBlockTimestamp({ timestamp: start + 100n })
    await two.client.setNextBlockTimestamp({ timestamp: start + 101n })
    here = await deployToken(worldHere, 0, { Ada: 1n })
    there = await deployToken(worldThere, 0, { Ada: 20n, Ben: 30n })
    await delegate(worldThere, 'Ben', 'Chloe', 'far.eth')
    await two.client.setNextBlockTimestamp({ timestamp: start + 1_000n })
    await two.mine(1)
    await one.client.setNextBlockTimestamp({ timestamp: start + 1_005n })
    await one.mine(1)
    block = await fetchBlock(chains, 31337, 'latest')
    beside = await fetchBlock(chains, 31338, 'latest')
    // Both chains go on, and what happens there is later.
    await two.client.setNextBlockTimestamp({ timestamp: start + 1_006n })
    await send(worldThere, 'Ada', [there, mockTokenAbi, 'mint'], Ada.address, 500n)
    await clear(worldThere, 'Ben', 'far.eth')
    await one.mine(4)
  })

  const sum = () => ({ strategies: [balanceOf(here), balanceOf(there, 31338)] })

  test('each is read at its own block of the same time', async () => {
    await two.mine(4)
    expect(await measure('multichain', sum(), { block })).toEqual({ Ada: 21, Ben: 30 })
    const root = { operation: 'square-root', strategy: { ...balanceOf(there, 31338) } }
    expect(await measure('math', root, { block })).toMatchObject({ Ada: Math.sqrt(20) })
    const far = {
      strategies: [balanceOf(there, 31338)],
      delegationSpace: 'far.eth',
      delegationNetwork: '31338',
    }
    expect(await measure('delegation', far, { block })).toEqual({ Chloe: 30 })
    expect(await measure('with-delegation', far, { block })).toEqual({ Ada: 20, Chloe: 30 })
  })

  test('a chain counts from its start block on', async () => {
    const from = (number: bigint) => ({ ...sum(), startBlocks: { 31338: Number(number) } })
    expect(await measure('multichain', from(beside.number), { block })).toEqual({ Ada: 21, Ben: 30 })
    expect(await measure('multichain', from(beside.number + 1n), { block })).toEqual({ Ada: 1 })
  })

  test('the block that goes with the question can be told', async () => {
    const later = await fetchBlock(chains, 31338, 'latest')
    const asked: number[] = []
    const blockOn = async (chainId: number) => {
      asked.push(chainId)
      return later
    }
    const inner = { name: 'multichain', params: sum() }
    const now = { ...block, final: false }
    expect(await measure('multichain', { strategies: [inner] }, { block: now, blockOn })).toEqual({
      Ada: 521,
      Ben: 30,
    })
    expect(asked).toEqual([31338])
  })

  test('an answer for ever waits until all of it is', async () => {
    const blockOn = async () => ({ ...beside, final: false })
    const asked = measure('multichain', sum(), { block: { ...block, final: true }, blockOn })
    await expect(asked).rejects.toMatchObject({ code: 'chain_unavailable' })
    await expect(asked).rejects.toThrow(`Block ${beside.number} of chain 31338 is not final yet.`)
  })

  test('a chain that has not come so far is waited for', async () => {
    const { timestamp } = await one.client.getBlock()
    await one.client.setNextBlockTimestamp({ timestamp: timestamp + 100_000n })
    await one.mine(1)
    const head = await fetchBlock(chains, 31337, 'latest')
    await expect(measure('multichain', sum(), { block: head })).rejects.toMatchObject({
      code: 'chain_unavailable',
    })
  })
})

test('a division by zero is a matter of those alone who have zero', async () => {
  const block = await fetchBlock(chains, 31337, 'latest')
  const list = { name: 'whitelist-weighted', params: { addresses: { [Ada.address]: 4, [Dan.address]: 0 } } }
  const params = {
    operation: 'divide',
    operands: [
      { type: 'constant', value: 1 },
      { type: 'strategy', strategy: list },
    ],
  }
  await expect(
    measure('math', params, { block }, [Ada.address, Dan.address, Eve.address]),
  ).rejects.toMatchObject({
    code: 'invalid',
    details: { unreadable: [Dan.address, Eve.address] },
  })
  expect(await measure('math', params, { block }, [Ada.address])).toEqual({ Ada: 0.25 })
})
