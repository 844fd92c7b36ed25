import { type Address, type Hex, hexToBigInt, pad, toEventSelector } from 'viem'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { delegateRegistryAbi, delegateRegistryBytecode } from '../testing/abi/delegate-registry'
import { accounts } from '../testing/accounts'
import { startTestChain, type TestChain } from '../testing/chain'
import { type RpcServer, startRpcServer } from '../testing/rpc-server'
import { fetchBlock } from './blocks'
import { createChains } from './chains'
import { type LogSource, listLogs } from './log-index'

const SET = toEventSelector('SetDelegate(address,bytes32,address)')
const id = pad('0x01')
const other = pad('0x02')
/** Blocks with an event. */
const written: number[] = []

let chain: TestChain
let address: Address
let source: LogSource<Hex>
const servers: RpcServer[] = []

beforeAll(async () => {
  chain = await startTestChain()
  await chain.mine(50)
  address = await chain.deploy(delegateRegistryAbi, delegateRegistryBytecode, [])
  source = { name: 'set', address, topics: [SET, null, id], keep: ({ topics }) => topics[3] }
  for (let i = 0; i < 6; i++) await writeEvent()
})
afterAll(() => Promise.all([chain.stop(), ...servers.map((server) => server.stop())]))

async function writeEvent() {
  await chain.mine(7)
  const to = written.length % 2 === 0 ? accounts.Ben.address : accounts.Chloe.address
  const { blockNumber } = await chain.confirm(
    chain
      .wallet('Ada')
      .writeContract({ address, abi: delegateRegistryAbi, functionName: 'setDelegate', args: [id, to] }),
  )
  written.push(Number(blockNumber))
}

/** A node that refuses ranges of more than `max` blocks, and hangs up once it has served so many. */
async function behind(max: number, patience = { left: Number.POSITIVE_INFINITY }) {
  const asked: [number, number][] = []
  const served: [number, number][] = []
  const server = await startRpcServer(chain.rpcUrl, (request, response, upstream) => {
    if (request.method !== 'eth_getLogs') return upstream()
    const [{ fromBlock, toBlock }] = request.params as [{ fromBlock: Hex; toBlock: Hex }]
    const range: [number, number] = [Number(hexToBigInt(fromBlock)), Number(hexToBigInt(toBlock))]
    asked.push(range)
    if (patience.left === 0) {
      response.destroy()
      return
    }
    if (range[1] - range[0] < max) {
      patience.left--
      served.push(range)
      return upstream()
    }
    const error = { code: -32005, message: 'query exceeds max block range' }
    response.end(JSON.stringify({ jsonrpc: '2.0', id: request.id, error }))
  })
  servers.push(server)
  return { chains: createChains({ urls: { 31337: [server.url] } }), asked, served }
}

const blocksOf = (logs: readonly { readonly block: number }[]) => logs.map(({ block }) => block)

test.each([1_000, 5, 1])('all logs up to a block, from a node that gives %i blocks at once', async (max) => {
  const { chains, asked } = await behind(max)
  await chain.mine(3)
  const block = await fetchBlock(chains, 31337, written.at(-1) ?? 0)
  expect(block.final).toBe(true)
  expect(blocksOf(await listLogs(chains, block, source))).toEqual(written)
  // Nothing before the contract was there.
  expect(Math.min(...asked.map(([from]) => from))).toBeGreaterThan(50)

  // A second reading, and one of an older block, asks for nothing.
  const before = asked.length
  expect(blocksOf(await listLogs(chains, block, source))).toEqual(written)
  const older = await fetchBlock(chains, 31337, (written[2] ?? 0) + 1)
  expect(blocksOf(await listLogs(chains, older, source))).toEqual(written.slice(0, 3))
  expect(asked.length).toBe(before)
})

test('a reading that fails goes on where it stopped, for everybody who waits', async () => {
  const patience = { left: 2 }
  const { chains, served } = await behind(10, patience)
  const block = await fetchBlock(chains, 31337, written.at(-1) ?? 0)
  await expect(listLogs(chains, block, source)).rejects.toMatchObject({ code: 'chain_unavailable' })
  expect(served.length).toBe(2)
  patience.left = Number.POSITIVE_INFINITY
  const both = await Promise.all([listLogs(chains, block, source), listLogs(chains, block, source)])
  expect(both.map(blocksOf)).toEqual([written, written])
  // Each block once.
  for (const [i, [from]] of served.entries()) {
    const before = served[i - 1]
    if (before) expect(from).toBe(before[1] + 1)
  }
})

test('what is not final is read anew, and may be gone', async () => {
  const { chains } = await behind(1_000)
  const snapshot = await chain.client.snapshot()
  await writeEvent()
  const head = await fetchBlock(chains, 31337, 'latest')
  expect(head.final).toBe(false)
  expect(blocksOf(await listLogs(chains, head, source))).toEqual(written)
  await chain.client.revert({ id: snapshot })
  written.pop()
  await chain.mine(8)
  const later = await fetchBlock(chains, 31337, 'latest')
  expect(blocksOf(await listLogs(chains, later, source))).toEqual(written)
})

test('of what is about the same in one block, the last counts', async () => {
  const { chains } = await behind(1_000)
  await chain.mine(7)
  await chain.client.setAutomine(false)
  const wallet = chain.wallet('Dan')
  for (const to of [accounts.Ben.address, accounts.Chloe.address, accounts.Eve.address]) {
    await wallet.writeContract({
      ...{ address, abi: delegateRegistryAbi, functionName: 'setDelegate' },
      args: [other, to],
      gas: 200_000n,
    })
  }
  await chain.client.setAutomine(true)
  await chain.mine(8)
  const ofDan: LogSource<Hex> = { ...source, name: 'of Dan', topics: [SET, null, other] }
  const block = await fetchBlock(chains, 31337, 'latest')
  expect(await listLogs(chains, block, ofDan)).toHaveLength(3)
  const last = await listLogs(chains, block, { ...ofDan, name: 'last of Dan', subject: () => 'the same' })
  expect(last.map(({ entry }) => entry)).toEqual([pad(accounts.Eve.address).toLowerCase()])
})

test('a flood of logs is no answer, and is not read twice', async () => {
  let asked = 0
  const server = await startRpcServer(chain.rpcUrl, (request, response, upstream) => {
    if (request.method !== 'eth_getLogs') return upstream()
    asked += 1
    const [{ fromBlock, toBlock }] = request.params as [{ fromBlock: Hex; toBlock: Hex }]
    const refusal = '"error":{"code":-32005,"message":"more than 10000 results"}'
    const log = JSON.stringify({ topics: ['', '', '', '0x'], blockNumber: fromBlock, logIndex: '0x0' })
    const logs = `"result":[${`${log},`.repeat(9_999)}${log}]`
    response.end(`{"jsonrpc":"2.0","id":${request.id},${fromBlock === toBlock ? logs : refusal}}`)
  })
  servers.push(server)
  const chains = createChains({ urls: { 31337: [server.url] } })
  const block = await fetchBlock(chains, 31337, written.at(-1) ?? 0)
  const flood = { code: 'chain_unavailable', message: expect.stringContaining('more than 300000 logs') }
  await expect(listLogs(chains, block, source)).rejects.toMatchObject(flood)
  const before = asked
  await expect(listLogs(chains, block, source)).rejects.toMatchObject(flood)
  expect(asked).toBe(before)
})

test('no contract, no logs', async () => {
  const { chains, asked } = await behind(1_000)
  const block = await fetchBlock(chains, 31337, 20)
  expect(await listLogs(chains, block, source)).toEqual([])
  expect(asked).toEqual([])
})
