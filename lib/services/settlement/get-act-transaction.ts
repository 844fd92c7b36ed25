import type { Address } from 'viem'
import { AppError } from '../../core/errors'
import type { ActTransactionView } from '../../core/views/settlement-view'
import type { Context } from '../context'
import { findCase } from './find-case'
import { lookAtElection } from './look-at-election'

/**
 * The transaction that brings a settlement one step further, as the chain is now, for `sender` or for anyone. Throws
 * `conflict` when there is none to send, `chain_unavailable`.
 */
export async function getActTransaction(
  ctx: Context,
  id: string,
  sender: Address | null,
): Promise<ActTransactionView> {
  const found = await findCase(ctx, id)
  if (found?.settles !== 'by-steps') {
    throw new AppError('conflict', { message: 'No module settles this proposal: there is nothing to send.' })
  }
  const { election, progress } = await lookAtElection(ctx, found)
  const { chainId, to, value, data } = await found.executor.prepare(ctx, election, progress, sender)
  const { next } = progress
  if (!next) throw new AppError('fault', { message: 'A transaction for nothing.' })
  return { act: next.act, chainId, to, value: value.toString(), data, sender: next.sender }
}
