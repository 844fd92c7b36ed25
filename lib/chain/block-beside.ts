import { type BlockRef, findBlockAt } from './blocks'
import type { Chains } from './chains'

/** Final blocks by chain and second: they do not change, and finding one may take many reads. */
const found = new WeakMap<Chains, Map<string, BlockRef>>()
const MAX_FOUND = 10_000

/** The last block of a chain that is not younger than `block` of another; itself on its own. Throws like `findBlockAt`. */
export async function findBlockBeside(chains: Chains, block: BlockRef, chainId: number): Promise<BlockRef> {
  if (chainId === block.chainId) return block
  const key = `${chainId} ${block.timestamp}`
  const known = found.get(chains) ?? new Map<string, BlockRef>()
  found.set(chains, known)
  const beside = known.get(key) ?? (await findBlockAt(chains, chainId, block.timestamp))
  if (beside.final && known.size < MAX_FOUND) known.set(key, beside)
  return beside
}
