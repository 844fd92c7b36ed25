import type { Address } from 'viem'
import type { ModuleRef } from '../../core/settlement/module-plugins'
import type { ExecutionRef } from '../../core/settlement/plugins'
import type { ExecutionView } from '../../core/views/proposal-view'
import { findSpace } from '../../db/space/find-space'
import type { Context } from '../context'
import type { SettlementCase } from '../settlement/find-case'
import { settingsOf } from '../space/settings-of'
import { viewCalls } from './view-calls'

/** The batch that a proposal asks to have executed, in words. */
export async function viewExecution(
  ctx: Context,
  { proposal, calls, executor, ...found }: SettlementCase,
): Promise<ExecutionView> {
  const ref: ExecutionRef | ModuleRef = found.ref
  const { chainId, executionHash: hash } = ref
  const { safe, module } =
    'module' in ref
      ? { safe: proposal.treasury as Address, module: ref.module }
      : { safe: ref.safe, module: null }
  const [views, space] = await Promise.all([
    viewCalls(ctx, { hash, chainId, safe, module, calls }),
    findSpace(ctx.db, proposal.spaceId),
  ])
  const treasury = space
    ? settingsOf(space).treasuries?.find(
        (entry) => entry.address === safe && Number(entry.network) === chainId,
      )
    : undefined
  return {
    executor: executor.id,
    hash,
    chainId,
    safe,
    safeName: treasury?.name ?? null,
    module,
    calls: views,
  }
}
