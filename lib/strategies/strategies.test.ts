import { type Address, getAddress, parseUnits, toHex } from 'viem'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { demoTokenAbi, demoTokenBytecode } from '../chain/abi/demo-token'
import { type BlockRef, fetchBlock } from '../chain/blocks'
import { type Chains, createChains } from '../chain/chains'
import { mockTokenAbi, mockTokenBytecode } from '../testing/abi/mock-token'
import { accounts } from '../testing/accounts'
import { startTestChain, type TestChain } from '../testing/chain'
import { getStrategy, type StrategyId, strategies } from './registry'

const { Ada, Ben, Chloe, Dan } = accounts
const nobody = '0x00000000000000000000000000000000000000AA'

/** How one strategy is tried: what is on the chain before the block that is asked, and what happens after it. */
interface Example {
  /** False: answers without reading a chain. */
  readonly readsChain: boolean
  /** Prepares the chain and gives the parameters, as a proposal would carry them. */
  setUp(chain: TestChain): Promise<unknown>
  /** Changes what `setUp` made, after the block. */
  disturb(chain: TestChain, params: unknown): Promise<void>
  readonly expected: ReadonlyMap<Address, bigint>
}

const addressOf = (params: unknown) => (params as { address: Address }).address

const examples: Record<StrategyId, Example> = {
  'erc20-votes': {
    readsChain: true,
    async setUp(chain) {
      const address = await chain.deploy(demoTokenAbi, demoTokenBytecode, [
        [Ada.address, Ben.address, Dan.address],
        [parseUnits('70.5', 18), 1n, parseUnits('9', 18)],
      ])
      const token = { address, abi: demoTokenAbi, functionName: 'delegate' } as const
      await chain.confirm(chain.wallet('Ada').writeContract({ ...token, args: [Chloe.address] }))
      await chain.confirm(chain.wallet('Ben').writeContract({ ...token, args: [Ben.address] }))
      return { address, decimals: 18, symbol: 'VOTE' }
    },
    async disturb(chain, params) {
      const token = { address: addressOf(params), abi: demoTokenAbi } as const
      const [Ada_, Dan_] = [chain.wallet('Ada'), chain.wallet('Dan')]
      await chain.confirm(Ada_.writeContract({ ...token, functionName: 'transfer', args: [Ben.address, 5n] }))
      await chain.confirm(Dan_.writeContract({ ...token, functionName: 'delegate', args: [Dan.address] }))
    },
    expected: new Map([
      [Ada.address, 0n],
      [Ben.address, 1n],
      [Chloe.address, parseUnits('70.5', 18)],
      [Dan.address, 0n],
    ]),
  },
  'erc20-balance-of': {
    readsChain: true,
    async setUp(chain) {
      const address = await chain.deploy(mockTokenAbi, mockTokenBytecode, [6])
      const token = { address, abi: mockTokenAbi, functionName: 'mint' } as const
      const Ada_ = chain.wallet('Ada')
      await chain.confirm(Ada_.writeContract({ ...token, args: [Ada.address, 1_250_000n] }))
      await chain.confirm(Ada_.writeContract({ ...token, args: [Ben.address, 1n] }))
      return { address: address.toLowerCase(), decimals: 6 }
    },
    async disturb(chain, params) {
      const token = { address: addressOf(params), abi: mockTokenAbi, functionName: 'mint' } as const
      await chain.confirm(chain.wallet('Ada').writeContract({ ...token, args: [Ben.address, 10n ** 12n] }))
    },
    expected: new Map([
      [Ada.address, parseUnits('1.25', 18)],
      [Ben.address, 10n ** 12n],
      [Chloe.address, 0n],
    ]),
  },
  whitelist: {
    readsChain: false,
    setUp: async () => ({ addresses: [Ada.address.toLowerCase(), Ben.address, Ben.address] }),
    disturb: async () => {},
    expected: new Map([
      [Ada.address, 10n ** 18n],
      [Ben.address, 10n ** 18n],
      [Chloe.address, 0n],
      [nobody, 0n],
    ]),
  },
  ticket: {
    readsChain: false,
    setUp: async () => ({ value: 2.5 }),
    disturb: async () => {},
    expected: new Map([
      [Ada.address, parseUnits('2.5', 18)],
      [nobody, parseUnits('2.5', 18)],
    ]),
  },
}

let chain: TestChain
let chains: Chains

beforeAll(async () => {
  chain = await startTestChain()
  chains = createChains({ urls: { 31337: [chain.rpcUrl] } })
})
afterAll(() => chain.stop())

test('ids are unique per version, and the registry finds each', () => {
  const names = strategies.map((strategy) => `${strategy.id}@${strategy.version}`)
  expect(new Set(names).size).toBe(names.length)
  for (const strategy of strategies) {
    expect(getStrategy(strategy.id, strategy.version)).toBe(strategy)
    expect(getStrategy(strategy.id).version).toBeGreaterThanOrEqual(strategy.version)
  }
  expect(() => getStrategy('erc721')).toThrow('There is no strategy erc721.')
  expect(() => getStrategy('ticket', 9)).toThrow('There is no strategy ticket@9.')
})

describe.each(strategies.map((strategy) => [strategy.id, strategy] as const))('%s', (id, strategy) => {
  const { setUp, disturb, expected, readsChain } = examples[id]
  const voters = [...expected.keys()]
  let params: unknown
  let block: BlockRef

  beforeAll(async () => {
    const raw = await setUp(chain)
    params = strategy.paramsSchema.parse(raw)
    block = await fetchBlock(chains, 31337, 'latest')
    await chain.mine(1)
    await disturb(chain, params)
    await chain.mine(1)
  })

  test('gives the power of the block, whatever happened since', async () => {
    expect(await strategy.measure({ chains }, { voters, block, params })).toEqual(expected)
  })

  test('gives the same answer twice, and to anyone asked alone or in another order', async () => {
    const backwards = await strategy.measure({ chains }, { voters: voters.toReversed(), block, params })
    for (const voter of voters) {
      const alone = await strategy.measure({ chains }, { voters: [voter], block, params })
      expect(alone).toEqual(new Map([[voter, backwards.get(voter)]]))
    }
  })

  test('answers each of 1,200 voters, none below zero', async () => {
    const strangers = Array.from({ length: 1_200 }, (_, i) =>
      getAddress(toHex(2n ** 80n + BigInt(i), { size: 20 })),
    )
    const many = [...strangers.slice(0, 700), ...voters, ...strangers.slice(700)]
    const powers = await strategy.measure({ chains }, { voters: many, block, params })
    expect([...powers.keys()].sort()).toEqual([...many].sort())
    for (const power of powers.values()) expect(power >= 0n).toBe(true)
    for (const voter of voters) expect(powers.get(voter)).toBe(expected.get(voter))
    if (readsChain) for (const stranger of strangers) expect(powers.get(stranger)).toBe(0n)
  })

  test('nobody asked, nobody answered', async () => {
    expect(await strategy.measure({ chains }, { voters: [], block, params })).toEqual(new Map())
  })

  test('a chain that is down is no power of zero', async () => {
    const down = createChains({ urls: { 31337: ['http://127.0.0.1:9'] } })
    const measured = strategy.measure({ chains: down }, { voters, block, params })
    if (readsChain) await expect(measured).rejects.toMatchObject({ code: 'chain_unavailable', retry: true })
    else expect(await measured).toEqual(expected)
  })

  test('a contract that cannot answer is named', async ({ skip }) => {
    if (!readsChain) skip('asks no contract')
    const wrong = { ...(params as object), address: nobody }
    const measured = strategy.measure({ chains }, { voters, block, params: wrong })
    await expect(measured).rejects.toMatchObject({ code: 'invalid', retry: false })
    await expect(measured).rejects.toThrow(id)
    await expect(measured).rejects.toThrow(nobody)
  })

  test('speaks of itself in words', () => {
    expect(strategy.describe(params).length).toBeGreaterThan(20)
    expect(strategy.explainZero(params).length).toBeGreaterThan(20)
  })
})

describe('parameters', () => {
  const parse = (id: string, params: unknown) => getStrategy(id).paramsSchema.safeParse(params)

  test.each(['erc20-votes', 'erc20-balance-of'])('%s', (id) => {
    expect(parse(id, { address: Ada.address.toLowerCase(), extra: 1 }).data).toEqual({
      address: Ada.address,
      decimals: 18,
    })
    for (const bad of [{}, { address: 'dao.eth' }, { address: `${Ada.address}00` }, null, 'x']) {
      expect(parse(id, bad).success).toBe(false)
    }
    for (const decimals of [-1, 1.5, 78, '18']) {
      expect(parse(id, { address: Ada.address, decimals }).success).toBe(false)
    }
  })

  test('a list behind a URL is refused, and why', () => {
    const { error } = parse('whitelist', { addresses: [], url: 'https://example.org/list.json' })
    expect(error?.issues[0]?.message).toMatchInlineSnapshot(
      `"A list behind a URL can change after the vote has begun: give the addresses themselves."`,
    )
    expect(parse('whitelist', { url: 'https://example.org/list.json' }).success).toBe(false)
    expect(parse('whitelist', { addresses: ['dao.eth'] }).success).toBe(false)
  })

  test('a ticket is one vote unless told, 0 counts as not told', () => {
    expect(parse('ticket', {}).data).toEqual({ value: 1 })
    expect(parse('ticket', { value: 0 }).data).toEqual({ value: 1 })
    for (const value of [-1, Number.NaN, 1e21, 1e-7, '2'])
      expect(parse('ticket', { value }).success).toBe(false)
  })
})
