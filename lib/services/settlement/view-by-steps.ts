import type { HexString } from '../../core/views/hex-string'
import type { ModuleSettlementView, SettlementState, SettlementView } from '../../core/views/settlement-view'
import { findKeeper } from '../../db/keeper/find-keeper'
import { findReasons } from '../../db/reason/find-reasons'
import { countUncountable } from '../../db/vote/count-uncountable'
import type { ModuleFacts } from '../../execution/executor'
import type { Context } from '../context'
import { paysFor } from '../keeper/pays-for'
import type { StepsCase } from './find-case'
import { isWithdrawn } from './is-withdrawn'
import { readStepsRecord } from './steps-record'

/** Where an execution by steps stands, from what is stored. */
export async function viewBySteps(ctx: Context, found: StepsCase): Promise<SettlementView> {
  const { proposal, executor } = found
  const row = proposal.settlement
  const { progress, hindrance } = readStepsRecord(row?.data)
  const known = await findKeeper(ctx.db)
  const isKept = known !== undefined && paysFor(known.spaces, proposal.spaceId)
  const keeper = isKept ? (known.address as HexString) : null
  const next = progress?.next ?? null
  const isHindered = hindrance !== null && hindrance.act === next?.act
  return {
    executor: executor.id,
    state: (row?.state ?? 'waiting') as SettlementState,
    reason: isHindered ? hindrance.reason : (row?.reason ?? null),
    steps: progress?.steps ?? [],
    transactionHash: (row?.transactionHash ?? null) as HexString | null,
    next: next && {
      ...next,
      isAutomatic: next.isAutomatic && keeper !== null && (next.sender === null || next.sender === keeper),
    },
    safe: null,
    module: progress?.module ? await viewModule(ctx, found, progress.module, keeper) : null,
  }
}

async function viewModule(
  ctx: Context,
  { proposal }: StepsCase,
  { veto, pause, ...facts }: ModuleFacts,
  keeper: HexString | null,
): Promise<ModuleSettlementView> {
  const [reasons, uncountable] = await Promise.all([
    findReasons(
      ctx.db,
      [veto, pause].flatMap((brake) => brake?.reasonHash ?? []),
    ),
    countUncountable(ctx.db, proposal.id),
  ])
  return {
    ...facts,
    keeper,
    veto: veto && { ...veto, reason: reasons.get(veto.reasonHash) ?? null },
    pause: pause && { ...pause, reason: reasons.get(pause.reasonHash) ?? null },
    isHidden: proposal.hiddenAt !== null && !isWithdrawn(proposal),
    isDemanded: proposal.settlement?.demandedAt != null,
    uncountable,
  }
}
