import { BlockNotFoundError, type Hex, type PublicClient } from 'viem'
import { AppError, refuse } from '../core/errors'
import type { Chains } from './chains'
import { findRpcAnswer } from './contract-failure'
import { readChain } from './read-chain'

/** A block by name: what every chain read is pinned to, and what is recorded with its answer. */
export interface BlockRef {
  readonly chainId: number
  readonly number: bigint
  readonly hash: Hex
  /** Unix seconds. */
  readonly timestamp: number
  /** It cannot be reorganised away any more: answers at it hold for ever. */
  readonly final: boolean
}

/** Depth that counts as final on chains whose nodes do not know the tag `finalized`. */
const FINAL_DEPTH = 256n

/** Throws `invalid` when the block is not mined yet, `chain_unavailable` when the chain cannot be read. */
export function fetchBlock(
  chains: Chains,
  chainId: number,
  block: number | bigint | 'latest',
): Promise<BlockRef> {
  return readChain(chains, chainId, async (client) => {
    const [head, finalized] = await Promise.all([fetchHead(client, block), fetchFinalized(client)])
    return { chainId, ...head, final: head.number <= finalized }
  })
}

/** The newest block that cannot be reorganised away any more. Throws `chain_unavailable`. */
export function fetchFinalBlock(chains: Chains, chainId: number): Promise<BlockRef> {
  return readChain(chains, chainId, async (client) => {
    const finalized = await fetchFinalized(client)
    return { chainId, ...(await fetchHead(client, finalized < 0n ? 0n : finalized)), final: true }
  })
}

/**
 * The last block whose timestamp is not after `timestamp` (unix seconds), by bisection: about log2(height)
 * reads at worst. Throws `invalid` when the chain is younger than that, and `chain_unavailable` when its head
 * has not passed that second yet, since a later block may still belong to it.
 */
export function findBlockAt(chains: Chains, chainId: number, timestamp: number): Promise<BlockRef> {
  return readChain(chains, chainId, async (client) => {
    const [head, finalized, first] = await Promise.all([
      fetchHead(client, 'latest'),
      fetchFinalized(client),
      fetchHead(client, 0n),
    ])
    if (timestamp < first.timestamp) {
      refuse(`Chain ${chainId} did not exist at ${new Date(timestamp * 1000).toISOString()}.`)
    }
    if (head.timestamp <= timestamp) {
      throw new AppError('chain_unavailable', {
        message: `Chain ${chainId} has not reached ${new Date(timestamp * 1000).toISOString()} yet.`,
      })
    }
    // Invariant: low.timestamp <= timestamp < high.timestamp.
    let low = first
    let high = head
    for (let turn = 0; high.number - low.number > 1n; turn++) {
      const span = high.number - low.number
      // Block times are nearly even, so every other guess aims; the halving between keeps the bound.
      const aim =
        turn % 2 === 0
          ? (span * BigInt(timestamp - low.timestamp)) / BigInt(high.timestamp - low.timestamp)
          : span / 2n
      const step = aim < 1n ? 1n : aim >= span ? span - 1n : aim
      const middle = await fetchHead(client, low.number + step)
      if (middle.timestamp <= timestamp) low = middle
      else high = middle
    }
    return { chainId, ...low, final: low.number <= finalized }
  })
}

async function fetchHead(client: PublicClient, block: number | bigint | 'latest') {
  try {
    const { number, hash, timestamp } = await (block === 'latest'
      ? client.getBlock({ blockTag: 'latest' })
      : client.getBlock({ blockNumber: BigInt(block) }))
    return { number, hash, timestamp: Number(timestamp) }
  } catch (error) {
    if (error instanceof BlockNotFoundError) refuse(`Block ${block} does not exist yet.`)
    throw error
  }
}

async function fetchFinalized(client: PublicClient): Promise<bigint> {
  try {
    return (await client.getBlock({ blockTag: 'finalized' })).number
  } catch (error) {
    if (!(error instanceof BlockNotFoundError) && !findRpcAnswer(error)) throw error
    return (await client.getBlockNumber()) - FINAL_DEPTH
  }
}
