import type { Address, Hex } from 'viem'
import { AppError } from '../../core/errors'
import type { SettlementState } from '../../core/views/settlement-view'
import { listConfirmations } from '../../db/confirmation/list-confirmations'
import { findRecord } from '../../db/settlement/find-record'
import { findSettlement } from '../../db/settlement/find-settlement'
import { listConfirmedSubmissions } from '../../db/settlement/list-confirmed-submissions'
import { lockAccount } from '../../db/settlement/lock-account'
import { saveStatus } from '../../db/settlement/save-status'
import { saveSubmissions } from '../../db/settlement/save-submissions'
import type { ConfirmedSubmission, ExecutionStatus, Plan, Submission } from '../../execution/executor'
import { secondsOf } from '../../platform/clock'
import type { Context } from '../context'
import type { OwnersCase } from './find-case'
import type { Settled } from './settled'
import { readRecord, restoreSubmission, storeSubmission } from './settlement-record'
import { toConfirmation } from './to-confirmation'

/**
 * Puts a passed proposal forward to an account's owners, again where another transaction takes its nonce, and reads how it
 * stands. Answers whether nothing can change any more.
 *
 * Throws `chain_unavailable`; the settlement then says `blocked` and why, unless it said more before.
 */
export async function settleByOwners(ctx: Context, found: OwnersCase): Promise<Settled> {
  const { id, result, end } = found.proposal
  if (result === null) return { settled: false, nextAt: (Number(end) + 1) * 1000 }
  const refusal = refusalOf(found)
  if (refusal) {
    await save(ctx, found, { state: 'refused', reason: refusal })
    return { settled: true }
  }
  try {
    const submission = await submit(ctx, found)
    const confirmations = await Promise.all(
      (await listConfirmations(ctx.db, { safeTxHash: submission.hash, proposalId: id })).map(toConfirmation),
    )
    const status = await found.executor.status(ctx, submission, confirmations)
    // Owners are to know it before they sign, not after.
    const obstacle = status.phase === 'confirming' ? await findObstacle(ctx, found) : null
    await saveRead(ctx, found, submission, status, obstacle)
    return { settled: (status.phase === 'executed' || status.phase === 'failed') && status.trace.block.final }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    if (error.retry || error.code === 'invalid') await noteTrouble(ctx, found, error.message)
    // An account that is not (or no longer) what it should be is a state to watch, not a failure.
    if (error.code === 'invalid') return { settled: false }
    throw error
  }
}

/** Why the calls would fail if they ran now; null when they would go through. */
async function findObstacle(ctx: Context, { executor, calls, ref }: OwnersCase): Promise<string | null> {
  const simulation = await executor.simulate(ctx, calls, ref)
  return simulation.ok ? null : simulation.reason
}

/** Why a decided proposal is not executed; undefined when it is to be. */
function refusalOf({ proposal }: OwnersCase): string | undefined {
  if (proposal.result?.status !== 'passed') return 'The vote did not pass: these calls will not be made.'
  // What is hidden after its end was decided all the same.
  const hiddenInTime = proposal.hiddenAt !== null && secondsOf(proposal.hiddenAt) <= Number(proposal.end)
  return hiddenInTime ? `The proposal was withdrawn by ${proposal.hiddenBy} before its end.` : undefined
}

/** The submission that counts now: a new one where there is none, or another transaction has or gets its nonce. */
async function submit(ctx: Context, found: OwnersCase): Promise<Submission> {
  const plan = found.plan()
  const settlement = await findSettlement(ctx.db, plan.proposal)
  const own = readRecord(settlement?.data).submissions
  const confirmed = await listConfirmed(ctx.db.pool, plan)
  const newest = own.at(-1)
  if (newest && own.length === 1 && settlement?.state !== 'conflict' && isAmong(confirmed, plan, newest)) {
    return restoreSubmission(newest, plan)
  }

  const submission = await found.executor.submit(
    ctx,
    plan,
    own.map((stored) => restoreSubmission(stored, plan)),
    confirmed,
  )
  if (submission.hash === newest?.hash) return submission
  return ctx.db.transaction(async (sql) => {
    await lockAccount(sql, { chainId: plan.chainId, address: plan.account })
    const current = readRecord(await findRecord(sql, plan.proposal)).submissions.at(-1)
    const wasConfirmed = newest !== undefined && isAmong(confirmed, plan, newest)
    const isConfirmed = newest !== undefined && isAmong(await listConfirmed(sql, plan), plan, newest)
    // Somebody else was first, or an owner confirmed it while the chain was read: that stays.
    if (current && (current.hash !== newest?.hash || isConfirmed !== wasConfirmed)) {
      return restoreSubmission(current, plan)
    }
    const now = ctx.clock.now()
    const others = own.filter(({ hash }) => hash !== submission.hash)
    await saveSubmissions(sql, {
      proposalId: plan.proposal,
      executor: found.executor.id,
      submissions: [...others, storeSubmission(submission, now)],
      now: new Date(now),
    })
    return submission
  })
}

async function listConfirmed(
  sql: Parameters<typeof listConfirmedSubmissions>[0],
  plan: Plan,
): Promise<ConfirmedSubmission[]> {
  const rows = await listConfirmedSubmissions(sql, { chainId: plan.chainId, address: plan.account })
  return rows.map(({ proposalId, hash, nonce, confirmedBy }) => ({
    proposal: proposalId as Hex,
    hash: hash as Hex,
    nonce,
    confirmedBy: confirmedBy as Address[],
  }))
}

function isAmong(
  confirmed: readonly ConfirmedSubmission[],
  { proposal }: Plan,
  { hash }: { readonly hash: string },
): boolean {
  return confirmed.some((entry) => entry.proposal === proposal && entry.hash === hash)
}

const states: Readonly<Record<ExecutionStatus['phase'], SettlementState>> = {
  waiting: 'queued',
  confirming: 'confirming',
  ready: 'ready',
  executed: 'executed',
  failed: 'failed',
  conflict: 'conflict',
  blocked: 'blocked',
}

async function saveRead(
  ctx: Context,
  found: OwnersCase,
  submission: Submission,
  status: ExecutionStatus,
  obstacle: string | null,
) {
  const trace = 'trace' in status ? status.trace : null
  await saveStatus(ctx.db, {
    proposalId: found.proposal.id,
    executor: found.executor.id,
    state: states[status.phase],
    reason: status.summary,
    trace: trace && {
      transactionHash: trace.transactionHash,
      blockNumber: trace.block.number,
      blockHash: trace.block.hash,
    },
    data: {
      // Who confirmed is worth keeping when the account cannot be read for once.
      ...(status.approval && { approval: status.approval }),
      executeData: status.phase === 'ready' ? status.transaction.data : null,
      tracedAt: trace?.block.timestamp ?? null,
      obstacle,
    },
    submission: submission.hash,
    now: new Date(ctx.clock.now()),
  })
}

async function noteTrouble(ctx: Context, found: OwnersCase, reason: string): Promise<void> {
  const settlement = await findSettlement(ctx.db, found.proposal.id)
  if (settlement && settlement.state !== 'blocked' && settlement.state !== 'confirming') return
  await save(ctx, found, { state: 'blocked', reason })
}

async function save(
  ctx: Context,
  found: OwnersCase,
  { state, reason }: { state: SettlementState; reason: string },
) {
  const settlement = await findSettlement(ctx.db, found.proposal.id)
  await saveStatus(ctx.db, {
    proposalId: found.proposal.id,
    executor: found.executor.id,
    state,
    reason,
    trace: null,
    data: {},
    submission: readRecord(settlement?.data).submissions.at(-1)?.hash ?? null,
    now: new Date(ctx.clock.now()),
  })
}
