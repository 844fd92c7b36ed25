import type { BlockRef } from '../../chain/blocks'
import { hasCode } from '../../chain/has-code'
import { refuse } from '../../core/errors'
import { type Call, parseBatch } from '../../core/settlement/batch'
import type { ModuleRef } from '../../core/settlement/module-plugins'
import { findExecution } from '../../db/execution/find-execution'
import type { IngestContext } from '../rule'

/** The stored batch that a proposal names for its module, its calls checked as the contract checks them. */
export async function checkModuleBatch(
  ctx: IngestContext,
  { chainId, module, executionHash }: ModuleRef,
  head: BlockRef,
): Promise<readonly Call[]> {
  const batch = await findExecution(ctx.db, executionHash)
  if (batch?.chainId !== chainId || batch.verifier !== module) {
    return refuse(
      'The batch of the execution is not stored for this module: send it to /api/executions first.',
    )
  }
  const calls = parseBatch(batch.calls)
  for (const [index, { to, data }] of calls.entries()) {
    if (data === '0x') continue
    if (!(await hasCode(ctx.chains, head, to))) {
      refuse(
        `Call ${index + 1} sends data to ${to}, where there is no contract: it would do nothing. Correct the address, or remove the data to send coins alone.`,
      )
    }
  }
  return calls
}
