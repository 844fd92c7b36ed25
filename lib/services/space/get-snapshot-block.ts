import { fetchBlock, findBlockAt } from '../../chain/blocks'
import type { Context } from '../context'
import { getSpaceRow } from './get-space-row'
import { settingsOf } from './settings-of'

/**
 * The newest block of a space's chain, and the number of the last one of an earlier second: on some chains several
 * blocks share one. Throws `not_found`, `gone` and `chain_unavailable`.
 */
export async function getSnapshotBlock(
  ctx: Context,
  id: string,
): Promise<{ chainId: number; number: number; timestamp: number; earlier: number }> {
  const chainId = Number(settingsOf(await getSpaceRow(ctx, id)).network)
  const { number, timestamp } = await fetchBlock(ctx.chains, chainId, 'latest')
  const before = await fetchBlock(ctx.chains, chainId, number > 0n ? number - 1n : 0n)
  const isEarlier = before.timestamp < timestamp || before.number === 0n
  const earlier = isEarlier ? before : await findBlockAt(ctx.chains, chainId, timestamp - 1)
  return { chainId, number: Number(number), timestamp, earlier: Number(earlier.number) }
}
