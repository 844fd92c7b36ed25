import { HttpRequestError, hexToNumber, isHex, RpcRequestError, TimeoutError } from 'viem'
import { getHttpRpcClient } from 'viem/utils'
import { AppError } from '../core/errors'

/** How long a checked chain id is believed while the endpoint keeps answering. */
const CHECK_MS = 60_000
/** How long a failed endpoint is left for last, so that a dead first URL does not cost its timeout every time. */
const REST_MS = 10_000

/** One RPC URL, used only while it proves to serve the chain it is configured for. */
export interface Endpoint {
  /** Host and port; the rest of an RPC URL may be a key and is never shown. */
  readonly host: string
  /** Its chain id was checked a short while ago and it has answered since. */
  isChecked(): boolean
  /** It failed a short while ago. It may be asked again at any time: that is how it heals. */
  isResting(): boolean
  /**
   * Throws `RpcRequestError` when the node answers with an error, `chain_unavailable` when it does not answer
   * in time, answers something else than JSON-RPC, or serves another chain.
   */
  request(method: string, params?: unknown): Promise<unknown>
}

export function createEndpoint(options: { url: string; chainId: number; timeoutMs: number }): Endpoint {
  const { url, chainId, timeoutMs } = options
  const host = new URL(url).host
  const rpc = getHttpRpcClient(url, { timeout: timeoutMs })
  let checkedUntil = 0
  let restsUntil = 0
  let check: Promise<void> | undefined

  function unavailable(reason: string): AppError {
    checkedUntil = 0
    restsUntil = performance.now() + REST_MS
    return new AppError('chain_unavailable', { message: `${host} ${reason}` })
  }

  async function send(method: string, params: unknown): Promise<unknown> {
    const body = { method, params: params ?? [] }
    try {
      const { result, error } = await rpc.request({ body })
      if (error) throw new RpcRequestError({ body, error, url: host })
      if (result === undefined) throw unavailable('does not speak JSON-RPC')
      return result
    } catch (error) {
      if (error instanceof AppError) throw error
      if (error instanceof TimeoutError) throw unavailable(`did not answer within ${timeoutMs / 1000} s`)
      if (error instanceof HttpRequestError && error.status)
        throw unavailable(`answered HTTP ${error.status}`)
      if (error instanceof RpcRequestError && error.status === 429) throw unavailable('answered HTTP 429')
      if (error instanceof RpcRequestError) {
        // Made anew, because the one at hand may carry the whole URL.
        const { code, data, details } = error
        throw new RpcRequestError({ body, error: { code, data, message: details }, url: host })
      }
      throw unavailable('cannot be reached')
    }
  }

  async function checkChainId(): Promise<void> {
    const answer = await send('eth_chainId', [])
    const served = isHex(answer) ? hexToNumber(answer) : undefined
    if (served !== chainId) throw unavailable(`serves chain ${served} instead of ${chainId}`)
    checkedUntil = performance.now() + CHECK_MS
    restsUntil = 0
  }

  return {
    host,
    isChecked: () => performance.now() < checkedUntil,
    isResting: () => performance.now() < restsUntil,
    async request(method, params) {
      if (performance.now() >= checkedUntil) {
        check ??= checkChainId().finally(() => {
          check = undefined
        })
        await check
      }
      return send(method, params)
    },
  }
}
