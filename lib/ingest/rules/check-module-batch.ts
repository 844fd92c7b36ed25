import type { BlockRef } from '../../chain/blocks'
import { readChain } from '../../chain/read-chain'
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
    const code = await readChain(ctx.chains, chainId, (client) =>
      client.getCode({ address: to, blockNumber: head.number }),
    )
    if (!code) {
      refuse(
        `Call ${index + 1} sends data to ${to}, where there is no contract: it would do nothing. Correct the address, or remove the data to send coins alone.`,
      )
    }
  }
  return calls
}
