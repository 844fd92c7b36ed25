import type { SettlementView } from '../../core/views/settlement-view'
import type { Context } from '../context'
import type { SettlementCase } from './find-case'
import { viewByOwners } from './view-by-owners'
import { viewBySteps } from './view-by-steps'

/** Where the execution of a proposal stands, from what is stored. */
export function viewSettlement(ctx: Context, found: SettlementCase): Promise<SettlementView> {
  return found.settles === 'by-owners' ? viewByOwners(ctx, found) : viewBySteps(ctx, found)
}
