import { closeProposal as closeRow } from '../../db/proposal/close-proposal'
import type { Context } from '../context'

/** Closes a proposal whose window is over; answers false when it is not over yet. Safe to run twice. */
export async function closeProposal(ctx: Context, id: string): Promise<boolean> {
  return closeRow(ctx.db, id, new Date(ctx.clock.now()))
}
