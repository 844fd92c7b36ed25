import type { Hex } from 'viem'
import { type BlockRef, fetchBlock, findBlockAt } from '../../chain/blocks'
import { AppError } from '../../core/errors'
import type { Context } from '../context'

/** The block a proposal names. */
export interface SnapshotBlock {
  readonly chainId: number
  readonly number: bigint
  readonly hash: Hex
  /** Unix seconds. */
  readonly timestamp: number
}

/** Final blocks by chain and place, used last, placed last: they do not change, and finding one may take many reads. */
const finalBlocks = new WeakMap<Context['chains'], Map<string, BlockRef>>()
const MAX_FINAL_BLOCKS = 10_000

/**
 * Where power on a chain is read: on the snapshot's own chain at the snapshot, on others at the last block that is not
 * younger. Throws `chain_unavailable` when the chain cannot be read, or has another block under the snapshot's number.
 */
export async function findBlock(
  { chains }: Pick<Context, 'chains'>,
  chainId: number,
  at: SnapshotBlock | 'latest',
): Promise<BlockRef> {
  if (at === 'latest') return fetchBlock(chains, chainId, 'latest')
  const isHere = at.chainId === chainId
  const key = isHere ? `${chainId} #${at.number} ${at.hash}` : `${chainId} @${at.timestamp}`
  const kept = finalBlocks.get(chains) ?? new Map<string, BlockRef>()
  finalBlocks.set(chains, kept)
  const found = kept.get(key)
  if (found) {
    kept.delete(key)
    kept.set(key, found)
    return found
  }

  const block = isHere
    ? await fetchBlock(chains, chainId, at.number)
    : await findBlockAt(chains, chainId, at.timestamp)
  if (isHere && block.hash !== at.hash) {
    throw new AppError('chain_unavailable', {
      message: `Block ${at.number} of chain ${chainId} is not the one that the proposal was made at.`,
    })
  }
  if (block.final) kept.set(key, block)
  const [oldest] = kept.keys()
  if (kept.size > MAX_FINAL_BLOCKS && oldest !== undefined) kept.delete(oldest)
  return block
}
