import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import type { InstallationView } from '../../core/views/installation-view'
import type { Context } from '../context'

const hex = z.custom<`0x${string}`>((value) => typeof value === 'string' && /^0x[0-9a-fA-F]+$/.test(value))

const demoSchema = z.object({
  chainId: z.number(),
  token: hex,
  safe: hex,
  accounts: z.array(z.object({ name: z.string(), address: hex, privateKey: hex, power: z.string() })),
})

/**
 * What the demo stack wrote about itself: accounts whose keys everybody knows. Null outside the demo, whatever
 * lies in the data directory, and until the stack has written it.
 */
export async function readDemo(ctx: Context): Promise<InstallationView['demo']> {
  if (!ctx.env.demo) return null
  const text = await readFile(path.join(ctx.env.dataDir, 'demo.json'), 'utf8').catch(() => null)
  if (text === null) return null
  const { chainId, token, safe, accounts } = demoSchema.parse(JSON.parse(text))
  return { rpcPath: '/api/demo/rpc', chainId, accounts, token, safe }
}
