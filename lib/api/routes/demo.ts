import { Hono } from 'hono'
import { z } from 'zod'
import { callDemoChain } from '../../services/chain/call-demo-chain'
import type { Context } from '../../services/context'
import type { ApiEnv } from '../api-env'
import { parseInput } from '../parse-input'
import { readJson } from '../read-json'

/** The largest transaction that the chain takes, 128 kB, in hex. */
const maxBytes = 300_000

const rpcCall = z.object({
  jsonrpc: z.literal('2.0').default('2.0'),
  id: z.union([z.number(), z.string(), z.null()]).default(null),
  method: z.string().max(64),
  params: z.array(z.unknown()).default([]),
})

/** The demo's local chain for wallets in the browser. Mounted in the demo only. */
export function demoRoutes(ctx: Context) {
  return new Hono<ApiEnv>().post('/api/demo/rpc', async (c) => {
    const json = await readJson(c.req.raw, undefined, maxBytes)
    const body = parseInput(z.union([rpcCall, z.array(rpcCall).min(1).max(50)]), json)
    return Array.isArray(body)
      ? c.json(await Promise.all(body.map((call) => callDemoChain(ctx, call))))
      : c.json(await callDemoChain(ctx, body))
  })
}
