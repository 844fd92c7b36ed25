import { refuse } from '../../core/errors'
import type { ExecutionRef } from '../../core/settlement/plugins'
import { findExecution } from '../../db/execution/find-execution'
import type { IngestContext } from '../rule'
import { isDecision } from '../rules/is-decision'
import type { AskedExecution, CheckedProposal } from './asked-execution'

/** An execution that a Safe's owners confirm: an unknown batch, or a Safe that is not the space's, is refused. */
export async function checkSafeExecution(
  ctx: IngestContext,
  { payload, space: { settings } }: CheckedProposal,
  { chainId, safe, executionHash }: ExecutionRef,
): Promise<AskedExecution> {
  if (!isDecision(payload)) {
    refuse('A proposal with an execution must be of type basic with the choices For, Against and Abstain.')
  }
  if (!ctx.chains.has(chainId)) {
    refuse(`This server does not read chain ${chainId}: choose a Safe on a chain that it does.`)
  }
  const isTreasury = settings.treasuries?.some(
    ({ address, network }) => address === safe && Number(network) === chainId,
  )
  if (!isTreasury) {
    refuse(
      `The Safe ${safe} on chain ${chainId} is not a treasury of this space: an admin can add it in its settings.`,
    )
  }
  const batch = await findExecution(ctx.db, executionHash)
  if (batch?.chainId !== chainId || batch.verifier !== safe) {
    refuse('The batch of the execution is not stored for this Safe: send it to /api/executions first.')
  }
  return { hash: executionHash, treasury: safe, rule: null, module: null, startsAtOnce: false }
}
