import { findSettlement } from '../../db/settlement/find-settlement'
import { saveProgress } from '../../db/settlement/save-progress'
import type { Election, Progress } from '../../execution/executor'
import { unixSeconds } from '../../platform/clock'
import type { Context } from '../context'
import type { StepsCase } from './find-case'
import { findElection } from './find-election'
import { readStepsRecord, type StoredProgress } from './steps-record'

/** Reads how an election stands on chain now, and keeps it. Throws `chain_unavailable`. */
export async function lookAtElection(
  ctx: Context,
  found: StepsCase,
): Promise<{ election: Election; progress: Progress }> {
  const lookedAt = ctx.clock.now()
  const { proposal, executor } = found
  // Read anew: what was asked for, and what the last look remembered, changes while this one is repeated.
  const settlement = await findSettlement(ctx.db, proposal.id)
  const election = await findElection(ctx, found, settlement?.demandedAt != null)
  const { memory } = readStepsRecord(settlement?.data)
  const progress = await executor.look(ctx, election, unixSeconds(ctx.clock), memory)
  const { steps, next, isOver, module, trace } = progress
  const stored: StoredProgress = { steps, next, isOver, module }
  await saveProgress(ctx.db, {
    proposalId: proposal.id,
    executor: executor.id,
    state: progress.state,
    reason: progress.summary,
    trace: trace && {
      transactionHash: trace.transactionHash,
      blockNumber: trace.block.number,
      blockHash: trace.block.hash,
    },
    memory: progress.memory,
    progress: stored,
    lookedAt,
    now: new Date(ctx.clock.now()),
  })
  return { election, progress }
}
