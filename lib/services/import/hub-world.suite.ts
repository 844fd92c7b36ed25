import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import { createApi } from '../../api/app'
import type { HexString } from '../../core/views/hex-string'
import { createIngest } from '../../ingest/ingest'
import { createTestContext } from '../../testing/context'
import type { SignedEnvelope } from '../../testing/factories'
import { type FixedClock, fixedClock } from '../../testing/fixed-clock'
import { startRpcServer } from '../../testing/rpc-server'

const hash = (number: number): HexString => `0x${number.toString(16).padStart(64, '0')}`
const MAGIC = `0x1626ba7e${'0'.repeat(56)}`

/**
 * A second installation, reached over HTTP as any hub is, at a time that stands still. Its chain is as much of one as
 * blocks and a contract wallet take.
 */
export async function createHubWorld(walletAddress: HexString) {
  const clock: FixedClock = fixedClock(1_800_000_000)
  const rpc = await startRpcServer('', ({ id, method, params }, response) => {
    const block = (tag: unknown) => {
      const number = typeof tag === 'string' && tag.startsWith('0x') ? Number(tag) : 50
      return {
        number: `0x${number.toString(16)}`,
        hash: hash(number),
        timestamp: `0x${(1_700_000_000 + number).toString(16)}`,
      }
    }
    const [first] = params as [{ to?: string } | string]
    const isWallet = (value: unknown) => String(value).toLowerCase() === walletAddress.toLowerCase()
    const answers: Record<string, unknown> = {
      eth_chainId: '0x7a69',
      eth_blockNumber: '0x32',
      eth_getBlockByNumber: method === 'eth_getBlockByNumber' ? block(first) : undefined,
      eth_getCode: isWallet(first) ? '0x60' : '0x',
      eth_call: typeof first === 'object' && isWallet(first.to) ? MAGIC : '0x',
    }
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ jsonrpc: '2.0', id, result: answers[method] ?? null }))
  })
  const rpcUrls = { 31337: rpc.url }
  const there = await createTestContext({ clock, rpcUrls })
  const here = await createTestContext({ clock, rpcUrls })
  const ingest = createIngest(there)
  const server = createAdaptorServer({ fetch: createApi(there, ingest).fetch })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    ...{ clock, there, here, rpcUrl: rpc.url },
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    now: () => clock.now() / 1000,
    /** Has the hub take a message; answers its id. */
    send: async (envelope: Promise<SignedEnvelope>) =>
      (await ingest.ingest(await envelope, { ip: '127.0.0.1' })).id as HexString,
    async close() {
      server.close()
      await ingest.close()
      await Promise.all([there.close(), here.close()])
      await rpc.stop()
    },
  }
}

export type HubWorld = Awaited<ReturnType<typeof createHubWorld>>
