import { type Abi, type Address, getAddress, type Hex, pad, parseUnits, stringToHex } from 'viem'
import { demoTokenAbi, demoTokenBytecode } from '../chain/abi/demo-token'
import { MULTICALL3 } from '../chain/call-many'
import type { WebServer } from '../platform/web-server.suite'
import { delegateRegistryAbi, delegateRegistryBytecode } from '../testing/abi/delegate-registry'
import { mockLedgerAbi, mockLedgerBytecode } from '../testing/abi/mock-ledger'
import { mockTokenAbi, mockTokenBytecode } from '../testing/abi/mock-token'
import { multicall3Abi, multicall3Bytecode } from '../testing/abi/multicall3'
import { splitRegistryAbi, splitRegistryBytecode } from '../testing/abi/split-registry'
import { accounts } from '../testing/accounts'
import type { TestChain } from '../testing/chain'
import { DELEGATE_REGISTRY } from './delegate-registry'
import type { StrategyId } from './registry'
import { SPLIT_REGISTRY } from './split-registry'

const { Ada, Ben, Chloe, Dan, Eve, Femi, Grace } = accounts
export const nobody = '0x00000000000000000000000000000000000000AA'
const units = (text: string) => parseUnits(text, 18)

/** What the examples are set up on. */
export interface World {
  readonly chain: TestChain
  /** Answers `/scores` as the API strategies expect. */
  readonly server: WebServer
}

/** How one strategy is tried: what is on the chain before the block that is asked, and what happens after it. */
export interface Example {
  /** False: answers without reading a chain. */
  readonly readsChain: boolean
  /** Prepares the chain and gives the parameters, as a proposal would carry them. */
  setUp(world: World): Promise<object>
  /** Changes what `setUp` made, after the block. */
  disturb?(world: World, params: object): Promise<void>
  /** The parameters with a contract that is none, `nobody`; by `address` unless told. */
  breakContract?(params: object): object
  readonly expected: ReadonlyMap<Address, bigint>
}

export type Who = keyof typeof accounts

/** Sends a transaction and waits for it. */
export function send(
  { chain }: Pick<World, 'chain'>,
  who: Who,
  [address, abi, functionName]: readonly [Address, Abi, string],
  ...args: unknown[]
) {
  return chain.confirm(chain.wallet(who).writeContract({ address, abi, functionName, args }))
}

/** Puts the code of a mock where the strategies look for the real thing. */
export async function place({ chain }: Pick<World, 'chain'>, at: Address, abi: Abi, bytecode: Hex) {
  const address = await chain.deploy(abi, bytecode, [])
  const code = await chain.client.getCode({ address })
  await chain.client.setCode({ address: at, bytecode: code ?? '0x' })
  await chain.mine(1)
}

export async function deployToken(
  world: Pick<World, 'chain'>,
  decimals: number,
  balances: Partial<Record<Who, bigint>>,
): Promise<Address> {
  const address = await world.chain.deploy(mockTokenAbi, mockTokenBytecode, [decimals])
  for (const [who, amount] of Object.entries(balances)) {
    await send(world, 'Ada', [address, mockTokenAbi, 'mint'], accounts[who as Who].address, amount)
  }
  return address
}

const addressOf = (params: object) => (params as { address: Address }).address
const mintTo = (world: World, token: Address, holder: Address) =>
  send(world, 'Ada', [token, mockTokenAbi, 'mint'], holder, 10n ** 12n)

/** A delegation in the first registry, for everybody unless a space is named. */
export const delegate = (world: Pick<World, 'chain'>, who: Who, to: Who, space = '') =>
  send(
    world,
    who,
    [DELEGATE_REGISTRY, delegateRegistryAbi, 'setDelegate'],
    pad(stringToHex(space), { size: 32, dir: 'right' }),
    accounts[to].address,
  )

export const clear = (world: Pick<World, 'chain'>, who: Who, space = '') =>
  send(
    world,
    who,
    [DELEGATE_REGISTRY, delegateRegistryAbi, 'clearDelegate'],
    pad(stringToHex(space), { size: 32, dir: 'right' }),
  )

/** A delegation in the second registry. */
export const split = (
  world: Pick<World, 'chain'>,
  who: Who,
  space: string,
  parts: Partial<Record<Who, number>>,
  expiration = 0,
) =>
  send(
    world,
    who,
    [SPLIT_REGISTRY, splitRegistryAbi, 'setDelegation'],
    space,
    Object.entries(parts)
      .map(([to, ratio]) => ({ delegate: pad(accounts[to as Who].address), ratio: BigInt(ratio) }))
      .sort((a, b) => (a.delegate.toLowerCase() < b.delegate.toLowerCase() ? -1 : 1)),
    BigInt(expiration),
  )

export async function placeRegistries(world: Pick<World, 'chain'>): Promise<void> {
  await place(world, DELEGATE_REGISTRY, delegateRegistryAbi, delegateRegistryBytecode)
  await place(world, SPLIT_REGISTRY, splitRegistryAbi, splitRegistryBytecode)
}

export const placeMulticall = (world: Pick<World, 'chain'>) =>
  place(world, MULTICALL3, multicall3Abi, multicall3Bytecode)

/**
 * Ada lends to Ben in this space, whatever she does elsewhere; Dan too, by the short name; Eve took back what she lent;
 * Femi lends to Grace, who lends to Ben, by which Ben does not get what is Femi's.
 */
async function delegateIn(world: World, space: string): Promise<void> {
  await delegate(world, 'Ada', 'Ben', `${space}.eth`)
  await delegate(world, 'Dan', 'Chloe', `${space}.eth`)
  await delegate(world, 'Dan', 'Ben', space)
  await delegate(world, 'Eve', 'Ben', `${space}.eth`)
  await clear(world, 'Eve', `${space}.eth`)
  await delegate(world, 'Femi', 'Grace', `${space}.eth`)
  await delegate(world, 'Grace', 'Ben', `${space}.eth`)
}

const held = { Ada: 100n, Ben: 10n, Chloe: 5n, Dan: 1n, Eve: 7n, Femi: 40n, Grace: 2_000n }

async function disturbDelegations(world: World, space: string, token: Address): Promise<void> {
  await delegate(world, 'Ada', 'Chloe', `${space}.eth`)
  await clear(world, 'Dan', space)
  await delegate(world, 'Eve', 'Ben', `${space}.eth`)
  await mintTo(world, token, Grace.address)
}

const balanceOf = (address: Address, decimals: number, network?: number) => ({
  name: 'erc20-balance-of',
  ...(network && { network }),
  params: { address, decimals },
})

/** The token of a nested one that is broken. */
const breakNested = (params: object) => ({ ...params, strategies: [balanceOf(nobody, 0)] })
const nestedToken = (params: object) =>
  (params as { strategies: { params: { address: Address } }[] }).strategies[0]?.params.address ?? nobody

const method = (name: string, inputs: string[], outputs: string[]) => ({
  ...{ type: 'function', stateMutability: 'view', name },
  inputs: inputs.map((type) => ({ name: '', type, internalType: type })),
  outputs: outputs.map((type, i) => ({ name: i === 2 ? 'score' : '', type, internalType: type })),
})

export const examples: Record<StrategyId, Example> = {
  'erc20-votes': {
    readsChain: true,
    async setUp(world) {
      const address = await world.chain.deploy(demoTokenAbi, demoTokenBytecode, [
        [Ada.address, Ben.address, Dan.address],
        [units('70.5'), 1n, units('9')],
      ])
      await send(world, 'Ada', [address, demoTokenAbi, 'delegate'], Chloe.address)
      await send(world, 'Ben', [address, demoTokenAbi, 'delegate'], Ben.address)
      return { address, decimals: 18, symbol: 'VOTE' }
    },
    async disturb(world, params) {
      const token = addressOf(params)
      await send(world, 'Ada', [token, demoTokenAbi, 'transfer'], Ben.address, 5n)
      await send(world, 'Dan', [token, demoTokenAbi, 'delegate'], Dan.address)
    },
    expected: new Map([
      [Ada.address, 0n],
      [Ben.address, 1n],
      [Chloe.address, units('70.5')],
      [Dan.address, 0n],
    ]),
  },
  'erc20-votes-with-override': {
    readsChain: true,
    async setUp(world) {
      const address = await world.chain.deploy(demoTokenAbi, demoTokenBytecode, [
        [Ada.address, Ben.address, Dan.address],
        [units('70.5'), 1n, units('9')],
      ])
      await send(world, 'Ada', [address, demoTokenAbi, 'delegate'], Chloe.address)
      await send(world, 'Ben', [address, demoTokenAbi, 'delegate'], Ben.address)
      return {
        address,
        decimals: 18,
        symbol: 'VOTE',
        getVotesABI: ['function getVotes(address account) view returns (uint256)'],
      }
    },
    async disturb(world, params) {
      const token = addressOf(params)
      await send(world, 'Ada', [token, demoTokenAbi, 'transfer'], Ben.address, 5n)
      await send(world, 'Dan', [token, demoTokenAbi, 'delegate'], Dan.address)
    },
    // As if nobody else voted: Ada's tokens count with Chloe, and would with Ada.
    expected: new Map([
      [Ada.address, units('70.5')],
      [Ben.address, 1n],
      [Chloe.address, units('70.5')],
      [Dan.address, 0n],
    ]),
  },
  'erc20-balance-of': {
    readsChain: true,
    async setUp(world) {
      const address = await deployToken(world, 6, { Ada: 1_250_000n, Ben: 1n })
      return { address: address.toLowerCase(), decimals: 6 }
    },
    disturb: async (world, params) => void (await mintTo(world, addressOf(params), Ben.address)),
    expected: new Map([
      [Ada.address, units('1.25')],
      [Ben.address, 10n ** 12n],
      [Chloe.address, 0n],
    ]),
  },
  'balance-of-with-min': {
    readsChain: true,
    async setUp(world) {
      const address = await deployToken(world, 6, { Ada: 1_250_000n, Ben: 1_249_999n })
      return { address, decimals: 6, minBalance: 1.25 }
    },
    disturb: async (world, params) => void (await mintTo(world, addressOf(params), Ben.address)),
    expected: new Map([
      [Ada.address, units('1.25')],
      [Ben.address, 0n],
      [Chloe.address, 0n],
    ]),
  },
  erc721: {
    readsChain: true,
    setUp: async (world) => ({ address: await deployToken(world, 0, { Ada: 3n, Ben: 1n }), symbol: 'ART' }),
    disturb: async (world, params) => void (await mintTo(world, addressOf(params), Chloe.address)),
    expected: new Map([
      [Ada.address, units('3')],
      [Ben.address, units('1')],
      [Chloe.address, 0n],
    ]),
  },
  'erc1155-balance-of': {
    readsChain: true,
    async setUp(world) {
      const address = await world.chain.deploy(mockLedgerAbi, mockLedgerBytecode, [])
      const mint = [address, mockLedgerAbi, 'mint'] as const
      await send(world, 'Ada', mint, Ada.address, 7n, 250n)
      await send(world, 'Ada', mint, Ben.address, 8n, 250n)
      return { address, tokenId: '7', decimals: 2 }
    },
    async disturb(world, params) {
      await send(world, 'Ada', [addressOf(params), mockLedgerAbi, 'mint'], Ben.address, 7n, 1n)
    },
    expected: new Map([
      [Ada.address, units('2.5')],
      [Ben.address, 0n],
    ]),
  },
  'eth-balance': {
    readsChain: true,
    async setUp({ chain }) {
      await chain.client.setBalance({ address: nobody, value: units('2.5') })
      return {}
    },
    disturb: ({ chain }) => chain.client.setBalance({ address: nobody, value: 1n }),
    expected: new Map([[nobody, units('2.5')]]),
  },
  'contract-call': {
    readsChain: true,
    async setUp(world) {
      const address = await world.chain.deploy(mockLedgerAbi, mockLedgerBytecode, [])
      const rate = [address, mockLedgerAbi, 'rate'] as const
      await send(world, 'Ada', rate, Ada.address, 12n)
      await send(world, 'Ada', rate, Ben.address, -12n)
      return {
        address,
        methodABI: method('standing', ['string', 'address[]', 'address'], ['string', 'bool', 'int64']),
        args: ['for %{address}', [], '%{address}'],
        output: 'score',
        decimals: 1,
      }
    },
    async disturb(world, params) {
      await send(world, 'Ada', [addressOf(params), mockLedgerAbi, 'rate'], Ben.address, 12n)
    },
    expected: new Map([
      [Ada.address, units('1.2')],
      [Ben.address, 0n],
      [Chloe.address, 0n],
    ]),
  },
  whitelist: {
    readsChain: false,
    setUp: async () => ({ addresses: [Ada.address.toLowerCase(), Ben.address, Ben.address] }),
    expected: new Map([
      [Ada.address, units('1')],
      [Ben.address, units('1')],
      [Chloe.address, 0n],
      [nobody, 0n],
    ]),
  },
  'whitelist-weighted': {
    readsChain: false,
    setUp: async () => ({ addresses: { [Ada.address.toLowerCase()]: 5, [Ben.address]: '0.1', [nobody]: 0 } }),
    expected: new Map([
      [Ada.address, units('5')],
      [Ben.address, units('0.1')],
      [Chloe.address, 0n],
      [nobody, 0n],
    ]),
  },
  ticket: {
    readsChain: false,
    setUp: async () => ({ value: 2.5 }),
    expected: new Map([
      [Ada.address, units('2.5')],
      [nobody, units('2.5')],
    ]),
  },
  math: {
    readsChain: true,
    async setUp(world) {
      const address = await deployToken(world, 0, { Ada: 9n, Ben: 10n, Chloe: 99n })
      return {
        symbol: 'MATH',
        operation: 'a-if-lt-b',
        operands: [
          {
            type: 'strategy',
            strategy: {
              name: 'math',
              params: { operation: 'square-root', strategy: balanceOf(address, 0, 31337) },
            },
          },
          { type: 'constant', value: 0 },
          { type: 'constant', value: 3.1 },
        ],
      }
    },
    breakContract: () => ({ operation: 'cube-root', strategy: balanceOf(nobody, 0) }),
    expected: new Map([
      [Ada.address, 0n],
      [Ben.address, units('3.162277660168379331')],
      [Chloe.address, units('9.949874371066199547')],
      [Dan.address, 0n],
    ]),
  },
  multichain: {
    readsChain: true,
    async setUp(world) {
      const address = await deployToken(world, 6, { Ada: 1_500_000n, Ben: 1n })
      const list = { name: 'whitelist-weighted', params: { addresses: { [Ben.address]: 2 } } }
      const late = { name: 'ticket', network: '31337', params: {} }
      return { strategies: [balanceOf(address, 6, 31337), list], startBlocks: { 1: 99 }, late }
    },
    disturb: async (world, params) => void (await mintTo(world, nestedToken(params), Ada.address)),
    breakContract: breakNested,
    expected: new Map([
      [Ada.address, units('1.5')],
      [Ben.address, units('2.000001')],
      [Chloe.address, 0n],
    ]),
  },
  delegation: {
    readsChain: true,
    async setUp(world) {
      await delegateIn(world, 'one')
      const address = await deployToken(world, 0, held)
      return { strategies: [balanceOf(address, 0)], delegationSpace: 'one.eth' }
    },
    disturb: (world, params) => disturbDelegations(world, 'one', nestedToken(params)),
    breakContract: breakNested,
    expected: new Map([
      [Ada.address, 0n],
      [Ben.address, units('2101')],
      [Chloe.address, 0n],
      [Grace.address, units('40')],
    ]),
  },
  'with-delegation': {
    readsChain: true,
    async setUp(world) {
      await delegateIn(world, 'two')
      const address = await deployToken(world, 0, held)
      return { strategies: [balanceOf(address, 0)], delegationSpace: 'two.eth' }
    },
    disturb: (world, params) => disturbDelegations(world, 'two', nestedToken(params)),
    breakContract: breakNested,
    expected: new Map([
      [Ada.address, 0n],
      [Ben.address, units('2111')],
      [Chloe.address, units('5')],
      [Eve.address, units('7')],
      [Femi.address, 0n],
      [Grace.address, units('40')],
    ]),
  },
  'erc20-balance-of-delegation': {
    readsChain: true,
    async setUp(world) {
      await delegateIn(world, 'three')
      return { address: await deployToken(world, 1, held), decimals: 1, delegationSpace: 'three.eth' }
    },
    disturb: (world, params) => disturbDelegations(world, 'three', addressOf(params)),
    expected: new Map([
      [Ada.address, 0n],
      [Ben.address, units('210.1')],
      [Chloe.address, 0n],
      [Grace.address, units('4')],
    ]),
  },
  'split-delegation': {
    readsChain: true,
    async setUp(world) {
      await split(world, 'Ada', 'four.eth', { Ben: 20, Chloe: 80 })
      await split(world, 'Ben', 'four.eth', { Dan: 100 })
      await split(world, 'Chloe', 'other.eth', { Dan: 100 })
      const address = await deployToken(world, 0, { Ada: 1000n, Ben: 100n, Chloe: 20n, Dan: 30n })
      return {
        backendUrl: 'https://delegate-api.example.org',
        totalSupply: 1_000_000,
        strategies: [balanceOf(address, 0)],
        delegationSpace: 'four.eth',
      }
    },
    async disturb(world, params) {
      await split(world, 'Ada', 'four.eth', { Ben: 100 })
      await mintTo(world, nestedToken(params), Dan.address)
    },
    breakContract: breakNested,
    expected: new Map([
      [Ada.address, 0n],
      [Ben.address, 0n],
      [Chloe.address, units('820')],
      [Dan.address, units('330')],
      [Eve.address, 0n],
    ]),
  },
  api: {
    readsChain: false,
    setUp: async ({ server }) => ({ api: server.url, strategy: 'scores', additionalParameters: 'key=1' }),
    expected: new Map([
      [Ada.address, units('5')],
      [nobody, 0n],
    ]),
  },
  'api-v2': {
    readsChain: false,
    setUp: async ({ server }) => ({ url: `${server.url}/scores`, type: 'api-post', decimals: 1 }),
    expected: new Map([
      [Ada.address, units('0.5')],
      [nobody, 0n],
    ]),
  },
  'api-post': {
    readsChain: false,
    setUp: async ({ server }) => ({ api: `${server.url}/scores`, symbol: 'Points', decimals: 0 }),
    expected: new Map([
      [Ada.address, units('5')],
      [nobody, 0n],
    ]),
  },
}

/** What the web server answers: 5 for Ada, nothing about anybody else. */
export function answerScores(url: string, body: string): object {
  const query = new URL(url, 'https://localhost').searchParams
  const asked = body ? JSON.parse(body).addresses : (query.get('addresses') ?? '').split(',')
  const isAsked = asked.some((address: Address) => getAddress(address) === Ada.address)
  return { score: isAsked ? [{ address: Ada.address.toLowerCase(), score: '5' }] : [] }
}
