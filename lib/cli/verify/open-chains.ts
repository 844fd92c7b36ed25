import { createPublicClient, http } from 'viem'
import { type Chains, createChains } from '../../chain/chains'
import { AppError } from '../../core/errors'
import type { RpcOption } from './options'

/** How long a node may take for one answer: five hundred powers at once, at a block of long ago. */
const TIMEOUT_MS = 20_000

/** Chains behind these nodes. A node that is named without a chain is asked for it. @throws AppError `chain_unavailable` */
export async function openChains(options: readonly RpcOption[]): Promise<Chains> {
  const urls: Record<number, string[]> = {}
  for (const { chainId, url } of options) {
    const id = chainId ?? (await fetchChainId(url))
    urls[id] = [...(urls[id] ?? []), url]
  }
  return createChains({ urls, timeoutMs: TIMEOUT_MS })
}

async function fetchChainId(url: string): Promise<number> {
  try {
    return await createPublicClient({ transport: http(url, { timeout: TIMEOUT_MS }) }).getChainId()
  } catch (cause) {
    // The rest of the URL may be a key.
    const message = `${new URL(url).host} does not say which chain it serves`
    throw new AppError('chain_unavailable', { message, cause })
  }
}
