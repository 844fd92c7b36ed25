import fc from 'fast-check'
import {
  type Address,
  concatHex,
  encodeAbiParameters,
  getAddress,
  type Hex,
  toFunctionSelector,
  toHex,
} from 'viem'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { guardedTokenAbi, guardedTokenBytecode } from '../testing/abi/guarded-token'
import { multicall3Abi, multicall3Bytecode } from '../testing/abi/multicall3'
import { startTestChain, type TestChain } from '../testing/chain'
import { type RpcBehaviour, type RpcServer, startRpcServer } from '../testing/rpc-server'
import { type BlockRef, fetchBlock } from './blocks'
import { callGroups } from './call-groups'
import { type Chains, createChains } from './chains'
import { readMany } from './read-many'

const MULTICALL3 = '0xcA11bde05977b3631167028862bE2a173976CA11'
const getVotes = toFunctionSelector('getVotes(address)')

let bare: TestChain
let full: TestChain
let target: Address
let block: BlockRef
const servers: RpcServer[] = []

beforeAll(async () => {
  ;[bare, full] = await Promise.all([startTestChain(), startTestChain()])
  const multicall = await full.deploy(multicall3Abi, multicall3Bytecode, [])
  const bytecode = await full.client.getCode({ address: multicall })
  await full.client.setCode({ address: MULTICALL3, bytecode: bytecode ?? '0x' })
  await bare.deploy(multicall3Abi, multicall3Bytecode, [])
  target = await bare.deploy(guardedTokenAbi, guardedTokenBytecode, [])
  expect(await full.deploy(guardedTokenAbi, guardedTokenBytecode, [])).toBe(target)
  block = await fetchBlock(createChains({ urls: { 31337: [bare.rpcUrl] } }), 31337, 'latest')
})
afterAll(() => Promise.all([bare.stop(), full.stop(), ...servers.map((server) => server.stop())]))

/** Refuses initcode in `eth_call`, as some nodes do. */
const withoutInitcode: RpcBehaviour = async (request, response, upstream) => {
  const [transaction] = request.params as [{ to?: string } | undefined]
  if (request.method !== 'eth_call' || transaction?.to) return upstream()
  const error = { code: -32602, message: 'to address is required' }
  response.end(JSON.stringify({ jsonrpc: '2.0', id: request.id, error }))
}

/** Gives `eth_call` less gas than asked for, as hosted nodes do. */
const withGasCap =
  (cap: number): RpcBehaviour =>
  async (request, response, upstream) => {
    const [transaction] = request.params as [{ gas?: Hex; to?: string } | undefined]
    if (request.method !== 'eth_call' || !transaction || transaction.to) return upstream()
    const params = [{ ...transaction, gas: toHex(cap) }, ...request.params.slice(1)]
    const answer = await fetch(bare.rpcUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...request, params }),
    })
    response.end(await answer.text())
  }

async function behind(
  chain: TestChain,
  behave: RpcBehaviour,
): Promise<{ chains: Chains; server: RpcServer }> {
  const server = await startRpcServer(chain.rpcUrl, behave)
  servers.push(server)
  return { chains: createChains({ urls: { 31337: [server.url] } }), server }
}

/** What GuardedToken promises: the address as a number, unless its last byte makes it misbehave. */
const expected = (voter: Address) => {
  const number = BigInt(voter)
  return [1n, 2n, 3n].includes(number & 0xffn) ? undefined : number
}

const voterList = (count: number) =>
  Array.from({ length: count }, (_, i) =>
    getAddress(toHex((BigInt(i) << 8n) + (i % 97 === 5 ? 2n : 9n), { size: 20 })),
  )

const ways = [
  ['the lens', () => behind(bare, (_, __, upstream) => upstream())],
  ['the lens under a tight gas cap', () => behind(bare, withGasCap(3_000_000))],
  ['a cap too tight for the lens', () => behind(bare, withGasCap(200_000))],
  ['Multicall3', () => behind(full, withoutInitcode)],
  ['single calls', () => behind(bare, withoutInitcode)],
] as const

describe.each(ways)('by %s', (_, connect) => {
  test('every voter gets its own answer, and a bad one harms nobody', async () => {
    const { chains } = await connect()
    const voters = fc.uniqueArray(
      fc
        .oneof(
          fc.bigInt(0n, 2n ** 160n - 1n),
          fc.bigInt(0n, 5n).map((low) => 0xabc00n + low),
        )
        .map((n) => getAddress(toHex(n, { size: 20 }))),
      { maxLength: 12 },
    )
    await fc.assert(
      fc.asyncProperty(voters, async (voters) => {
        const answers = await readMany(chains, { block, target, selector: getVotes, voters })
        expect(answers).toEqual(voters.map(expected))
      }),
      { numRuns: 8 },
    )
  })

  test('arguments after the voter', async () => {
    const { chains } = await connect()
    const answers = await readMany(chains, {
      block,
      target,
      selector: toFunctionSelector('powerAt(address,uint256,bytes32)'),
      tail: encodeAbiParameters([{ type: 'uint256' }, { type: 'bytes32' }], [7n, toHex(5n, { size: 32 })]),
      voters: ['0x0000000000000000000000000000000000000100'],
    })
    expect(answers).toEqual([0x100n + 12n])
  })

  test('an address without code answers nobody', async () => {
    const { chains } = await connect()
    const voters = voterList(3)
    const nothing = '0x000000000000000000000000000000000000dEaD'
    expect(await readMany(chains, { block, target: nothing, selector: getVotes, voters })).toEqual([
      undefined,
      undefined,
      undefined,
    ])
  })
})

test('1,200 voters, among them some that burn their gas, in few requests', async () => {
  const { chains, server } = await behind(bare, (_, __, upstream) => upstream())
  const voters = voterList(1_200)
  const answers = await readMany(chains, { block, target, selector: getVotes, voters })
  expect(answers).toEqual(voters.map(expected))
  expect(server.asked.length).toBeLessThan(10)
})

test('150 voters through Multicall3, in few requests', async () => {
  const { chains, server } = await behind(full, withoutInitcode)
  const voters = voterList(150).map((voter) => (expected(voter) === undefined ? target : voter))
  const answers = await readMany(chains, { block, target, selector: getVotes, voters })
  expect(answers).toEqual(voters.map(expected))
  expect(server.asked.length).toBeLessThan(10)
})

test('groups of calls that strangers chose: a bad one harms no other, and none is asked call by call', async () => {
  const { chains, server } = await behind(full, (_, __, upstream) => upstream())
  const callTo = (voter: bigint) => ({ target, data: concatHex([getVotes, toHex(voter, { size: 32 })]) })
  const good = Array.from({ length: 20 }, (_, i) => [0x100n, 0x200n, 0x300n].map((n) => n + BigInt(i << 16)))
  // One burns all gas of the request, one reverts fifty times.
  const all = [[0x102n], ...good, Array.from({ length: 50 }, (_, i) => BigInt(i << 8) + 1n)]
  const answers = await callGroups(chains, {
    block: await fetchBlock(chains, 31337, 'latest'),
    groups: all.map((group) => group.map(callTo)),
  })
  expect(answers).toEqual(
    all.map((group) => group.map((n) => ([1n, 2n].includes(n & 0xffn) ? undefined : toHex(n, { size: 32 })))),
  )
  expect(server.asked.filter((method) => method === 'eth_call').length).toBeLessThanOrEqual(2 + all.length)
})

test('nobody asked, nothing read', async () => {
  const { chains } = await behind(bare, (_, __, upstream) => upstream())
  expect(await readMany(chains, { block, target, selector: getVotes, voters: [] })).toEqual([])
})

test('a chain that is down is not a contract without answers', async () => {
  const chains = createChains({ urls: { 31337: ['http://127.0.0.1:9'] } })
  await expect(
    readMany(chains, { block, target, selector: getVotes, voters: voterList(2) }),
  ).rejects.toMatchObject({ code: 'chain_unavailable' })
})
