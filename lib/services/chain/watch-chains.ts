import { fetchBlock } from '../../chain/blocks'
import { AppError } from '../../core/errors'
import { findChainState } from '../../db/chain-state/find-chain-state'
import { saveChainState } from '../../db/chain-state/save-chain-state'
import { rollBackSettlements } from '../../db/settlement/roll-back-settlements'
import type { Context } from '../context'

/**
 * Compares each chain with what it looked like last: genesis, and the hash of the block seen last. A mismatch is
 * a reorg, or a local chain that lost its end: what was read from that chain about executions is forgotten.
 * Answers the proposals whose settlement has to be read again. A chain that cannot be read is passed over.
 */
export async function watchChains(ctx: Context): Promise<string[]> {
  const proposals = await Promise.all(ctx.chains.ids.map((chainId) => watchChain(ctx, chainId)))
  return proposals.flat()
}

async function watchChain(ctx: Context, chainId: number): Promise<string[]> {
  try {
    const [genesis, head, last] = await Promise.all([
      fetchBlock(ctx.chains, chainId, 0),
      fetchBlock(ctx.chains, chainId, 'latest'),
      findChainState(ctx.db, chainId),
    ])
    const seen = last && (await findHash(ctx, chainId, last.blockNumber))
    const isSame = !last || (last.genesisHash === genesis.hash && seen === last.blockHash)
    // Rolled back before the new state is saved: a kill between the two only repeats it.
    const now = new Date(ctx.clock.now())
    const proposals = isSame ? [] : await rollBackSettlements(ctx.db, chainId, now)
    if (!isSame) {
      const isOther = last.genesisHash !== genesis.hash
      ctx.log.warn({
        event: isOther ? 'chain.replaced' : 'chain.reorganised',
        chainId,
        block: last.blockNumber.toString(),
        proposals: proposals.length,
      })
    }
    await saveChainState(ctx.db, {
      chainId,
      genesisHash: genesis.hash,
      blockNumber: head.number,
      blockHash: head.hash,
      seenAt: now,
    })
    return proposals
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'chain_unavailable') throw error
    ctx.log.debug({ event: 'chain.unavailable', chainId, reason: error.message })
    return []
  }
}

/** The canonical hash at a height; undefined above the head. */
async function findHash(ctx: Context, chainId: number, number: bigint): Promise<string | undefined> {
  try {
    return (await fetchBlock(ctx.chains, chainId, number)).hash
  } catch (error) {
    if (error instanceof AppError && error.code === 'invalid') return undefined
    throw error
  }
}
