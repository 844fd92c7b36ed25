import { AppError } from '../../core/errors'
import type { ModuleState } from '../../core/settlement/module-state'
import type { SettlementView } from '../../core/views/settlement-view'
import { addJobs } from '../../db/job/add-jobs'
import { markDemanded } from '../../db/settlement/mark-demanded'
import { settleProposal as settleJob } from '../../jobs/definitions/settle-proposal'
import type { Context } from '../context'
import { findCase } from './find-case'
import { getSettlement } from './get-settlement'
import { refreshSettlement } from './refresh-settlement'

/**
 * Asks that the tally of a vote that did not pass be committed and proven all the same. Anyone may, and twice is once.
 * Throws `conflict` with a sentence when there is nothing to ask for, `chain_unavailable`.
 */
export async function demandSettlement(ctx: Context, id: string): Promise<SettlementView> {
  const found = await findCase(ctx, id)
  if (found?.settles !== 'by-steps')
    refuse('Only the tally of a vote that a module settles can be asked for.')
  const { result, settlement } = found.proposal
  if (result === null) refuse('The vote has no result yet.')
  if (result.status === 'passed') refuse('The vote passed: its tally is committed without being asked for.')
  if (settlement?.demandedAt) return getSettlement(ctx, id)

  const { module, reason } = await refreshSettlement(ctx, id)
  const objection = module ? objections[module.state] : (reason ?? 'The module cannot be read.')
  if (objection) refuse(objection)
  const now = new Date(ctx.clock.now())
  await markDemanded(ctx.db, id, now)
  await addJobs(ctx.db.pool, [settleJob.at(now, { proposal: id })])
  return getSettlement(ctx, id)
}

const committed = 'The tally is committed already.'

/** Why there is nothing to ask for; a state without one awaits the tally. */
const objections: Partial<Record<ModuleState, string>> = {
  unknown: 'The module does not know the proposal: no tally of it can be committed.',
  lapsed: 'It is too late: the time for committing the tally is over.',
  cancelled: 'The author withdrew the proposal: no tally of it can be committed.',
  vetoed: 'The proposal was vetoed: no tally of it can be committed.',
  committed,
  proven: committed,
  rejected: committed,
  cooling: committed,
  paused: committed,
  executable: committed,
  expired: committed,
  executed: committed,
}

function refuse(message: string): never {
  throw new AppError('conflict', { message })
}
