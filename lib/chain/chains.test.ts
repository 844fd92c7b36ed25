import type { ServerResponse } from 'node:http'
import { parseAbi } from 'viem'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AppError } from '../core/errors'
import { startTestChain, type TestChain } from '../testing/chain'
import { type RpcServer, startRpcServer } from '../testing/rpc-server'
import { createChains } from './chains'
import { readChain } from './read-chain'

const DEAD = 'http://user:secret@127.0.0.1:9/v3/topsecretkey'

let chain: TestChain
let other: TestChain
const servers: RpcServer[] = []

beforeAll(async () => {
  ;[chain, other] = await Promise.all([startTestChain(), startTestChain({ chainId: 5 })])
})
afterAll(async () => {
  await Promise.all([chain.stop(), other.stop(), ...servers.map((server) => server.stop())])
})

async function server(...args: Parameters<typeof startRpcServer>): Promise<RpcServer> {
  const started = await startRpcServer(...args)
  servers.push(started)
  return started
}

const blockNumber = (chains: ReturnType<typeof createChains>) =>
  readChain(chains, 31337, (client) => client.getBlockNumber())

describe('which endpoint answers', () => {
  test('a wrong chain first in the list is passed over, and health tells', async () => {
    await other.mine(50)
    const chains = createChains({ urls: { 31337: [other.rpcUrl, chain.rpcUrl] } })
    expect(await blockNumber(chains)).toBeLessThan(50n)
    const [health] = await chains.health()
    expect(health).toMatchObject({ chainId: 31337, ok: true })
    expect(health?.block).toBeLessThan(50n)
    expect(health?.error).toBe(`127.0.0.1:${other.port} serves chain 5 instead of 31337`)
  })

  test('a wrong chain alone is no chain, and is asked for nothing but its id', async () => {
    const wrong = await server(other.rpcUrl, (_, __, upstream) => upstream())
    const chains = createChains({ urls: { 31337: [wrong.url] } })
    await expect(chains.client(31337)).rejects.toMatchObject({ code: 'chain_unavailable', retry: true })
    await expect(blockNumber(chains)).rejects.toMatchObject({ code: 'chain_unavailable' })
    expect(await chains.health()).toMatchObject([{ ok: false }])
    expect(new Set(wrong.asked)).toEqual(new Set(['eth_chainId']))
  })

  test('a dead endpoint is passed over', async () => {
    const chains = createChains({ urls: { 31337: [DEAD, chain.rpcUrl] } })
    expect(await blockNumber(chains)).toBeTypeOf('bigint')
  })

  test('a slow endpoint costs its time-out once, not with every question', async () => {
    const slow = await server(chain.rpcUrl, () => {})
    const chains = createChains({ urls: { 31337: [slow.url, chain.rpcUrl] }, timeoutMs: 300 })
    const started = performance.now()
    for (let i = 0; i < 5; i++) await blockNumber(chains)
    expect(performance.now() - started).toBeLessThan(900)
    expect(slow.asked).toHaveLength(1)
  })

  test('a slow endpoint alone is unavailable within the time-out', async () => {
    const slow = await server(chain.rpcUrl, () => {})
    const chains = createChains({ urls: { 31337: [slow.url] }, timeoutMs: 200 })
    const started = performance.now()
    await expect(blockNumber(chains)).rejects.toThrow('did not answer within 0.2 s')
    expect(performance.now() - started).toBeLessThan(600)
  })

  test.each([
    ['HTTP 500', (response: ServerResponse) => response.writeHead(500).end('oops')],
    ['HTML', (response: ServerResponse) => response.end('<html>welcome</html>')],
    ['an empty object', (response: ServerResponse) => response.end('{}')],
    ['a hung-up call', (response: ServerResponse) => response.destroy()],
    [
      'a rate limit',
      (response: ServerResponse) =>
        response.end('{"jsonrpc":"2.0","id":1,"error":{"code":-32005,"message":"key topsecretkey: limit"}}'),
    ],
  ])('an endpoint that answers %s is passed over; alone it is unavailable', async (_, answer) => {
    const bad = await server(chain.rpcUrl, async (request, response, upstream) => {
      if (request.method === 'eth_chainId') await upstream()
      else answer(response)
    })
    expect(await blockNumber(createChains({ urls: { 31337: [bad.url, chain.rpcUrl] } }))).toBeTypeOf('bigint')
    const alone: AppError = await blockNumber(createChains({ urls: { 31337: [bad.url] } })).catch((e) => e)
    expect(alone).toMatchObject({ name: 'AppError', code: 'chain_unavailable' })
    expect(alone.message).not.toContain('topsecretkey')
  })
})

describe('healing', () => {
  test('a restarted node is used again without a restart of ours', async () => {
    const first = await startTestChain()
    const chains = createChains({ urls: { 31337: [first.rpcUrl] } })
    expect(await blockNumber(chains)).toBe(0n)
    await first.stop()
    await expect(blockNumber(chains)).rejects.toMatchObject({ code: 'chain_unavailable' })
    expect(await chains.health()).toMatchObject([{ ok: false }])
    const second = await startTestChain({ port: first.port })
    expect(await blockNumber(chains)).toBe(0n)
    expect(await chains.health()).toEqual([{ chainId: 31337, ok: true, block: 0n }])
    await second.stop()
  })

  test('a node that comes back as another chain is not used', async () => {
    const first = await startTestChain()
    const chains = createChains({ urls: { 31337: [first.rpcUrl] } })
    await blockNumber(chains)
    await first.stop()
    await blockNumber(chains).catch(() => {})
    const second = await startTestChain({ port: first.port, chainId: 5 })
    await expect(blockNumber(chains)).rejects.toThrow('serves chain 5 instead of 31337')
    await second.stop()
  })
})

describe('what is thrown', () => {
  const anywhere = parseAbi(['function owner() view returns (address)'])

  test('a chain nobody configured', async () => {
    const chains = createChains({ urls: { 31337: [chain.rpcUrl], 10: [] } })
    expect(chains.ids).toEqual([31337])
    expect(chains.has(10)).toBe(false)
    await expect(chains.client(10)).rejects.toMatchObject({
      code: 'chain_unavailable',
      message: 'No RPC endpoint is set for chain 10.',
    })
  })

  test('names the host, and neither credentials nor path', async () => {
    const chains = createChains({ urls: { 31337: [DEAD] } })
    const error: AppError = await blockNumber(chains).catch((e) => e)
    expect(error.message).toMatchInlineSnapshot(
      `"Chain 31337 is unavailable: 127.0.0.1:9 cannot be reached."`,
    )
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toMatch(/secret/)
  })

  test('a revert is the contract, not the chain, and is not asked of the next node', async () => {
    const second = await server(chain.rpcUrl, (_, __, upstream) => upstream())
    const chains = createChains({ urls: { 31337: [chain.rpcUrl, second.url] } })
    // PUSH4 0xdeadbeef, stored at 28..32, reverted with.
    const address = '0x0000000000000000000000000000000000001234'
    await chain.client.setCode({ address, bytecode: '0x63deadbeef5f526004601cfd' })
    const read = readChain(chains, 31337, (client) =>
      client.readContract({ address, abi: anywhere, functionName: 'owner' }),
    )
    await expect(read).rejects.toMatchObject({ code: 'invalid', details: { reverted: '0xdeadbeef' } })
    expect(second.asked).toEqual([])
  })

  test('an address without code is the contract too', async () => {
    const chains = createChains({ urls: { 31337: [chain.rpcUrl] } })
    const address = '0x0000000000000000000000000000000000005678'
    const read = readChain(chains, 31337, (client) =>
      client.readContract({ address, abi: anywhere, functionName: 'owner' }),
    )
    await expect(read).rejects.toMatchObject({ code: 'invalid', details: { undecodable: true } })
  })
})
