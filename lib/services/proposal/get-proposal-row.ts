import { AppError } from '../../core/errors'
import { findProposal, type ProposalRow } from '../../db/proposal/find-proposal'
import type { Context } from '../context'

/** Throws `not_found`. */
export async function getProposalRow(ctx: Context, id: string): Promise<ProposalRow> {
  const row = await findProposal(ctx.db, id)
  if (!row) throw new AppError('not_found', { message: 'There is no such proposal.' })
  return row
}
