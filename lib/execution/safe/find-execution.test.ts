import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Address, encodeFunctionData, type Hex } from 'viem'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fetchBlock } from '../../chain/blocks'
import { createChains } from '../../chain/chains'
import {
  execTransactionData,
  packSignatures,
  type SafeTransaction,
  safeTransactionFor,
  safeTxHash,
  safeTxTypedData,
} from '../../core/settlement/safe-transaction'
import { mockTokenAbi } from '../../testing/abi/mock-token'
import { accounts } from '../../testing/accounts'
import { callTo, type SafeWorld, safeTestAbi, startSafeWorld } from '../safe-world.suite'
import { findExecution } from './find-execution'

let world: SafeWorld
beforeAll(async () => {
  world = await startSafeWorld()
})
afterAll(() => world.stop())

const newSafe = () => world.newSafe([accounts.Ada.address], 1)
const payment = (nonce: number, wei = 1n) =>
  safeTransactionFor([callTo(accounts.Grace.address, '0x', wei)], nonce)

async function run(safe: Address, transaction: SafeTransaction) {
  const domain = { chainId: world.chain.chainId, safe }
  const signature = await accounts.Ada.signTypedData(safeTxTypedData(domain, transaction))
  const packed = packSignatures([{ owner: accounts.Ada.address, kind: 'ecdsa', signature }])
  return world.send({ to: safe, data: execTransactionData(transaction, packed) })
}

async function look(safe: Address, transaction: SafeTransaction, block: bigint, chains = world.chains) {
  const head = await fetchBlock(world.chains, world.chain.chainId, 'latest')
  const headNonce = await world.client.readContract({
    address: safe,
    abi: safeTestAbi,
    functionName: 'nonce',
  })
  return findExecution(chains, {
    safe,
    safeTxHash: safeTxHash({ chainId: world.chain.chainId, safe }, transaction),
    nonce: transaction.nonce,
    since: { block, nonce: 0 },
    head,
    headNonce: Number(headNonce),
  })
}

const height = () => world.client.getBlockNumber()

describe('what became of a nonce', () => {
  test('executed and replaced, each told from the others around it', async () => {
    const safe = await newSafe()
    const since = await height()
    const receipts = []
    for (const nonce of [0, 1, 2, 3]) receipts.push(await run(safe, payment(nonce)))
    for (const [nonce, { transactionHash, blockNumber }] of receipts.entries()) {
      const trace = { transactionHash, block: { number: blockNumber } }
      expect(await look(safe, payment(nonce), since)).toMatchObject({ phase: 'executed', trace })
      expect(await look(safe, payment(nonce, 2n), since)).toMatchObject({ phase: 'conflict', trace })
    }
  })

  test('failed, where the transaction had gas of its own and used up its nonce', async () => {
    const safe = await newSafe()
    const since = await height()
    const args = [accounts.Eve.address, 10n ** 30n] as const
    const data = encodeFunctionData({ abi: mockTokenAbi, functionName: 'transfer', args })
    const failing = { ...safeTransactionFor([callTo(world.token, data)], 0), safeTxGas: 200_000n }
    const { transactionHash } = await run(safe, failing)
    expect(await look(safe, failing, since)).toMatchObject({ phase: 'failed', trace: { transactionHash } })
  })

  test('found after a reorganisation moved it before the block that was recorded', async () => {
    const safe = await newSafe()
    const snapshot = await world.client.snapshot()
    await world.chain.mine(5)
    const since = await height()
    await world.client.revert({ id: snapshot })
    const { transactionHash } = await run(safe, payment(0))
    await world.chain.mine(8)
    expect(await look(safe, payment(0), since)).toMatchObject({
      phase: 'executed',
      trace: { transactionHash },
    })
    expect(await look(safe, payment(0, 2n), since)).toMatchObject({
      phase: 'conflict',
      trace: { transactionHash },
    })
  })

  test('nothing is concluded while a node leaves events out', async () => {
    const safe = await newSafe()
    const since = await height()
    await run(safe, payment(0))
    await run(safe, payment(1))
    const node = await startNode(({ method, result }) =>
      method === 'eth_getLogs' && Array.isArray(result) ? { result: result.slice(0, -1) } : { result },
    )
    const lossy = createChains({ urls: { [world.chain.chainId]: [node.url] } })
    await expect(look(safe, payment(1), since, lossy)).rejects.toMatchObject({ code: 'chain_unavailable' })
    expect(await look(safe, payment(0), since, lossy)).toMatchObject({ phase: 'executed' })
    node.stop()
  })

  test('a node that gives only a few blocks at once is asked for fewer', async () => {
    const safe = await newSafe()
    const since = await height()
    await world.chain.mine(30)
    const { transactionHash } = await run(safe, payment(0))
    await world.chain.mine(30)
    const node = await startNode(({ method, params, result }) => {
      const [filter] = params as [{ fromBlock: Hex; toBlock: Hex }]
      const isWide = method === 'eth_getLogs' && Number(filter.toBlock) - Number(filter.fromBlock) >= 10
      return isWide
        ? { error: { code: -32005, message: 'query exceeds the range of 10 blocks' } }
        : { result }
    })
    const narrow = createChains({ urls: { [world.chain.chainId]: [node.url] } })
    expect(await look(safe, payment(0), since, narrow)).toMatchObject({
      phase: 'executed',
      trace: { transactionHash },
    })
    node.stop()
  })
})

type Answer = { result: unknown } | { error: { code: number; message: string } }

/** A node in front of the chain whose answers go through `alter`. */
async function startNode(alter: (exchange: { method: string; params: unknown; result: unknown }) => Answer) {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const body = Buffer.concat(chunks).toString()
    const headers = { 'content-type': 'application/json' }
    const answer = await fetch(world.chain.rpcUrl, { method: 'POST', body, headers })
    const { id, result } = (await answer.json()) as { id: number; result: unknown }
    const { method, params } = JSON.parse(body)
    response
      .writeHead(200, headers)
      .end(JSON.stringify({ jsonrpc: '2.0', id, ...alter({ method, params, result }) }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}
