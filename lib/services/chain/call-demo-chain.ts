import { z } from 'zod'
import { AppError } from '../../core/errors'
import type { Context } from '../context'

/** What a wallet needs. Nothing that changes time, balances or other people's accounts (anvil_*, evm_*, hardhat_*). */
const allowed = new Set([
  'eth_blockNumber',
  'eth_call',
  'eth_chainId',
  'eth_estimateGas',
  'eth_feeHistory',
  'eth_gasPrice',
  'eth_getBalance',
  'eth_getBlockByHash',
  'eth_getBlockByNumber',
  'eth_getCode',
  'eth_getLogs',
  'eth_getStorageAt',
  'eth_getTransactionByHash',
  'eth_getTransactionCount',
  'eth_getTransactionReceipt',
  'eth_maxPriorityFeePerGas',
  'eth_sendRawTransaction',
  'eth_syncing',
  'net_version',
  'web3_clientVersion',
])

const demoChain = 31337
/** A block's; the node computes for minutes where a call asks for more. */
const maxGas = 30_000_000n

const boundedGas = z
  .union([z.string().regex(/^0x[0-9a-f]{1,64}$/i), z.int().min(0)])
  .transform((gas) => `0x${(BigInt(gas) < maxGas ? BigInt(gas) : maxGas).toString(16)}`)
  .nullish()
/** Without any, the node takes a block's. */
const boundedTransaction = z.looseObject({ gas: boundedGas })

export interface RpcCall {
  readonly jsonrpc: '2.0'
  readonly id: number | string | null
  readonly method: string
  readonly params: readonly unknown[]
}

/** Passes a JSON-RPC call on to the demo's local chain and gives its answer back. Throws `chain_unavailable`. */
export async function callDemoChain(ctx: Context, call: RpcCall): Promise<object> {
  if (!allowed.has(call.method)) {
    const message = `${call.method} is not available here`
    return { jsonrpc: '2.0', id: call.id, error: { code: -32601, message } }
  }
  const computes = call.method === 'eth_call' || call.method === 'eth_estimateGas'
  const params = computes ? boundedParams(call.params) : call.params
  if (!params) {
    const message = `${call.method} takes a transaction and a block here`
    return { jsonrpc: '2.0', id: call.id, error: { code: -32602, message } }
  }
  const [url] = ctx.env.rpcUrls[demoChain] ?? []
  try {
    if (!url) throw new Error('no RPC URL')
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...call, params }),
      signal: AbortSignal.timeout(ctx.env.rpcTimeoutMs),
    })
    return (await response.json()) as object
  } catch (cause) {
    throw new AppError('chain_unavailable', { message: 'The demo chain cannot be reached.', cause })
  }
}

/** The parameters of a call that ends soon; undefined for overrides of the state, under which gas may cost nothing. */
function boundedParams([transaction, block, ...rest]: readonly unknown[]): readonly unknown[] | undefined {
  const parsed = boundedTransaction.safeParse(transaction)
  if (!parsed.success || rest.length > 0) return undefined
  return block === undefined ? [parsed.data] : [parsed.data, block]
}
