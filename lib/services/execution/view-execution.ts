import type { ExecutionView } from '../../core/views/proposal-view'
import { findSpace } from '../../db/space/find-space'
import type { Context } from '../context'
import type { SettlementCase } from '../settlement/find-case'
import { settingsOf } from '../space/settings-of'
import { viewCalls } from './view-calls'

/** The batch that a proposal asks to have executed, in words. */
export async function viewExecution(
  ctx: Context,
  { proposal, ref, calls, executor }: SettlementCase,
): Promise<ExecutionView> {
  const { chainId, safe, executionHash: hash } = ref
  const [views, space] = await Promise.all([
    viewCalls(ctx, { hash, chainId, safe, calls }),
    findSpace(ctx.db, proposal.spaceId),
  ])
  const treasury = space
    ? settingsOf(space).treasuries?.find(
        (entry) => entry.address === safe && Number(entry.network) === chainId,
      )
    : undefined
  return { executor: executor.id, hash, chainId, safe, safeName: treasury?.name ?? null, calls: views }
}
