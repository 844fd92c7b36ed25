import type { Address } from 'viem'
import type { PowerView } from '../../core/views/proposal-view'
import type { Context } from '../context'
import { readFrozenStrategies } from '../power/frozen-strategy'
import { getProposalRow } from './get-proposal-row'
import { snapshotOf } from './snapshot-of'
import { viewPower } from './view-power'

/** A voter's power for a proposal, at its snapshot; `pending` while the chain cannot be read. Throws `not_found`. */
export async function getPower(ctx: Context, id: string, voter: Address): Promise<PowerView> {
  const proposal = await getProposalRow(ctx, id)
  return viewPower(ctx, {
    strategies: readFrozenStrategies(proposal.strategies),
    at: snapshotOf(proposal),
    voter,
  })
}
