import { AppError } from '../../core/errors'
import type { SettlementView } from '../../core/views/settlement-view'
import type { Context } from '../context'
import { findCase } from './find-case'
import { viewSettlement } from './view-settlement'

/** Throws `not_found` for a proposal that asks for no execution. */
export async function getSettlement(ctx: Context, id: string): Promise<SettlementView> {
  const found = await findCase(ctx, id)
  if (!found) throw new AppError('not_found', { message: 'This proposal asks for no execution.' })
  return viewSettlement(ctx, found)
}
