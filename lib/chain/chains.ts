import { createPublicClient, custom, defineChain, hexToBigInt, isHex, type PublicClient } from 'viem'
import { AppError } from '../core/errors'
import { findContractFailure, findRpcAnswer } from './contract-failure'
import { createEndpoint, type Endpoint } from './endpoint'

/** The chains this installation can read, each behind one or more RPC endpoints. */
export interface Chains {
  /** Ascending. */
  readonly ids: readonly number[]
  has(chainId: number): boolean
  /**
   * A viem client whose every request goes to the first endpoint that is up and serves this chain. Throws
   * `chain_unavailable` when there is none, or the chain is not configured. Read through `readChain`, which
   * translates what viem throws.
   */
  client(chainId: number): Promise<PublicClient>
  /** Asks every endpoint now. Never throws. */
  health(): Promise<readonly ChainHealth[]>
}

export interface ChainHealth {
  readonly chainId: number
  /** At least one endpoint answers for the right chain. */
  readonly ok: boolean
  /** The highest block any of them knows. */
  readonly block?: bigint
  /** What is wrong with which endpoint; may be there although others make the chain `ok`. */
  readonly error?: string
}

export interface ChainsOptions {
  /** RPC URLs by chain id, in order of preference. Keys in them are never shown in messages. */
  readonly urls: Readonly<Record<number, readonly string[]>>
  /** How long one endpoint may take for one answer; 5,000 unless told. */
  readonly timeoutMs?: number
}

export function createChains({ urls, timeoutMs = 5_000 }: ChainsOptions): Chains {
  const chains = new Map<number, { endpoints: readonly Endpoint[]; client: PublicClient }>()
  for (const [key, list] of Object.entries(urls)) {
    const chainId = Number(key)
    const endpoints = list.map((url) => createEndpoint({ url, chainId, timeoutMs }))
    if (endpoints.length > 0) chains.set(chainId, { endpoints, client: createClient(chainId, endpoints) })
  }

  return {
    ids: [...chains.keys()].sort((a, b) => a - b),
    has: (chainId) => chains.has(chainId),
    async client(chainId) {
      const chain = chains.get(chainId)
      if (!chain) {
        throw new AppError('chain_unavailable', { message: `No RPC endpoint is set for chain ${chainId}.` })
      }
      if (!chain.endpoints.some((endpoint) => endpoint.isChecked())) {
        await ask(chainId, chain.endpoints, 'eth_chainId')
      }
      return chain.client
    },
    health: () => Promise.all([...chains].map(([chainId, { endpoints }]) => probe(chainId, endpoints))),
  }
}

function createClient(chainId: number, endpoints: readonly Endpoint[]): PublicClient {
  return createPublicClient({
    chain: defineChain({
      id: chainId,
      name: `chain ${chainId}`,
      nativeCurrency: { name: 'native', symbol: 'ETH', decimals: 18 },
      rpcUrls: { default: { http: [] } },
    }),
    transport: custom(
      { request: ({ method, params }) => ask(chainId, endpoints, method, params) },
      { retryCount: 0 },
    ),
    // viem would answer "latest" from memory for some seconds.
    cacheTime: 0,
    // A contract must not be able to make the server fetch a URL of its choice.
    ccipRead: false,
  })
}

/** Asks one endpoint after the other. A contract's own failure is an answer: no other node would say otherwise. */
async function ask(
  chainId: number,
  endpoints: readonly Endpoint[],
  method: string,
  params?: unknown,
): Promise<unknown> {
  const order = endpoints.toSorted((a, b) => Number(a.isResting()) - Number(b.isResting()))
  const reasons: string[] = []
  let cause: unknown
  for (const endpoint of order) {
    try {
      return await endpoint.request(method, params)
    } catch (error) {
      if (findContractFailure(error)) throw error
      const answer = findRpcAnswer(error)
      // The node's wording may repeat the URL's key, so only its code is shown.
      reasons.push(answer ? `${endpoint.host} answered error ${answer.code}` : messageOf(error))
      cause = answer ?? cause
    }
  }
  throw new AppError('chain_unavailable', {
    message: `Chain ${chainId} is unavailable: ${reasons.join('; ')}.`,
    details: { method },
    cause,
  })
}

async function probe(chainId: number, endpoints: readonly Endpoint[]): Promise<ChainHealth> {
  const answers = await Promise.allSettled(endpoints.map((endpoint) => endpoint.request('eth_blockNumber')))
  const blocks: bigint[] = []
  const problems: string[] = []
  for (const [i, answer] of answers.entries()) {
    if (answer.status === 'fulfilled' && isHex(answer.value)) blocks.push(hexToBigInt(answer.value))
    else if (answer.status === 'rejected' && answer.reason instanceof AppError)
      problems.push(answer.reason.message)
    else problems.push(`${endpoints[i]?.host} answered an error`)
  }
  const [highest] = blocks.sort((a, b) => Number(b - a))
  return {
    chainId,
    ok: highest !== undefined,
    ...(highest !== undefined && { block: highest }),
    ...(problems.length > 0 && { error: problems.join('; ') }),
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
