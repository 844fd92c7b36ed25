import { findOpenTransaction } from '../../db/keeper/find-open-transaction'
import type { Context } from '../context'
import { followTransaction } from './follow-transaction'
import type { Keeper } from './keeper'

/**
 * Goes on with what the keeper has under way on a chain, whoever began it. Answers `none` when nothing is, `closed` when
 * something was and is no more. Throws `chain_unavailable`.
 */
export async function followOpen(
  ctx: Context,
  keeper: Keeper,
  chainId: number,
): Promise<'none' | 'open' | 'closed'> {
  const open = await findOpenTransaction(ctx.db, { chainId, sender: keeper.address })
  if (!open) return 'none'
  return (await followTransaction(ctx, keeper, chainId, open)) ? 'closed' : 'open'
}
