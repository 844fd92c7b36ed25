import type { Address, Hex } from 'viem'
import { AppError } from '../../core/errors'
import { parseBatch } from '../../core/settlement/batch'
import type { ExecutionRef } from '../../core/settlement/plugins'
import { findExecution } from '../../db/execution/find-execution'
import { getExecutorFor } from '../../execution/registry'
import type { Context } from '../context'
import { getProposalRow } from '../proposal/get-proposal-row'
import { planFor } from './plan-for'

/** A proposal that asks for an execution, with its batch and the executor that carries it out. */
export type SettlementCase = NonNullable<Awaited<ReturnType<typeof findCase>>>

/** Undefined for a proposal that asks for no execution. Throws `not_found` without a proposal. */
export async function findCase(ctx: Context, id: string) {
  const proposal = await getProposalRow(ctx, id)
  if (proposal.executionHash === null) return undefined
  const execution = await findExecution(ctx.db, proposal.executionHash)
  if (!execution) {
    throw new AppError('fault', {
      message: `The batch ${proposal.executionHash} of proposal ${id} is not stored.`,
    })
  }
  const ref = toExecutionRef(execution)
  const calls = parseBatch(execution.calls)
  const executor = getExecutorFor(ref)
  return { proposal, ref, calls, executor, plan: () => planFor(executor, proposal.id, ref, calls) }
}

/** What the signed plugins said, from the batch they named. */
function toExecutionRef(execution: { chainId: number; verifier: string; hash: string }): ExecutionRef {
  return {
    chainId: execution.chainId,
    safe: execution.verifier as Address,
    executionHash: execution.hash as Hex,
  }
}
