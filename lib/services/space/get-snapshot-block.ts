import { fetchBlock } from '../../chain/blocks'
import type { Context } from '../context'
import { getSpaceRow } from './get-space-row'
import { settingsOf } from './settings-of'

/** The newest block of a space's chain. Throws `not_found`, `chain_unavailable`. */
export async function getSnapshotBlock(
  ctx: Context,
  id: string,
): Promise<{ chainId: number; number: number; timestamp: number }> {
  const { network } = settingsOf(await getSpaceRow(ctx, id))
  const block = await fetchBlock(ctx.chains, Number(network), 'latest')
  return { chainId: block.chainId, number: Number(block.number), timestamp: block.timestamp }
}
