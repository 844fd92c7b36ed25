import type { Context } from '../context'
import { findCase } from './find-case'
import { settleByOwners } from './settle-by-owners'
import { settleBySteps } from './settle-by-steps'
import type { Settled } from './settled'

/**
 * Brings the settlement of a proposal up to date, in the way of its executor. Safe to run at any time, twice, and at
 * once. Throws `chain_unavailable`; the settlement then says `blocked` and why, unless it said more before.
 */
export async function settleProposal(ctx: Context, id: string): Promise<Settled> {
  const found = await findCase(ctx, id)
  if (!found) return { settled: true }
  return found.settles === 'by-owners' ? settleByOwners(ctx, found) : settleBySteps(ctx, found)
}
