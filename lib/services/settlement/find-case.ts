import type { Address } from 'viem'
import { AppError } from '../../core/errors'
import { type ExplainedCall, parseBatch } from '../../core/settlement/batch'
import type { ModuleRef } from '../../core/settlement/module-plugins'
import { type ExecutionRef, storedRef } from '../../core/settlement/plugins'
import { findExecution } from '../../db/execution/find-execution'
import type { ProposalRow } from '../../db/proposal/find-proposal'
import type { OwnersExecutor, Plan, StepsExecutor } from '../../execution/executor'
import { getExecutorFor } from '../../execution/registry'
import type { Context } from '../context'
import { getProposalRow } from '../proposal/get-proposal-row'
import { planFor } from './plan-for'

/** A proposal that asks for an execution, with its batch and the executor that carries it out. */
export type SettlementCase = OwnersCase | StepsCase

interface Case {
  readonly proposal: ProposalRow
  readonly calls: readonly ExplainedCall[]
  /** The Safe whose coins and rights the calls use. */
  readonly treasury: Address
}

export interface OwnersCase extends Case {
  readonly settles: 'by-owners'
  readonly ref: ExecutionRef
  readonly executor: OwnersExecutor
  plan(): Plan
}

export interface StepsCase extends Case {
  readonly settles: 'by-steps'
  readonly ref: ModuleRef
  readonly executor: StepsExecutor
}

/** Undefined for a proposal that asks for no execution. Throws `not_found` without a proposal. */
export async function findCase(ctx: Context, id: string): Promise<SettlementCase | undefined> {
  const proposal = await getProposalRow(ctx, id)
  if (proposal.executionHash === null) return undefined
  const execution = await findExecution(ctx.db, proposal.executionHash)
  if (!execution) {
    throw new AppError('fault', {
      message: `The batch ${proposal.executionHash} of proposal ${id} is not stored.`,
    })
  }
  const ref = storedRef(proposal.plugins)
  if (!ref) throw new AppError('fault', { message: `The plugins of proposal ${id} ask for no execution.` })
  const calls = parseBatch(execution.calls)
  const executor = getExecutorFor(ref)
  if (executor.settles === 'by-owners' && 'safe' in ref) {
    const plan = () => planFor(executor, id, ref, calls)
    return { settles: 'by-owners', proposal, ref, calls, treasury: ref.safe, executor, plan }
  }
  if (executor.settles === 'by-steps' && 'module' in ref && proposal.treasury !== null) {
    const treasury = proposal.treasury as Address
    return { settles: 'by-steps', proposal, ref, calls, treasury, executor }
  }
  throw new AppError('fault', {
    message: `Proposal ${id} names an account that ${executor.id} does not use.`,
  })
}
