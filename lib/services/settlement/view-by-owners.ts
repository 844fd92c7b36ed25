import type { Hex } from 'viem'
import { domainHash, messageHash, safeTransactionFor } from '../../core/settlement/safe-transaction'
import type { HexString } from '../../core/views/hex-string'
import type {
  SafeSettlementView,
  SettlementState,
  SettlementStep,
  SettlementView,
} from '../../core/views/settlement-view'
import { listConfirmations } from '../../db/confirmation/list-confirmations'
import { secondsOf } from '../../platform/clock'
import type { Context } from '../context'
import type { OwnersCase } from './find-case'
import { readRecord, type SettlementRecord } from './settlement-record'

/** Where an execution stands that an account's owners confirm, from what is stored. */
export async function viewByOwners(ctx: Context, found: OwnersCase): Promise<SettlementView> {
  const { proposal, executor } = found
  const row = proposal.settlement
  const state = (row?.state ?? 'waiting') as SettlementState
  const record = readRecord(row?.data)
  const safe = await viewSafe(ctx, found, record, state)
  return {
    executor: executor.id,
    state,
    reason: row?.reason ?? null,
    steps: stepsOf(found, state, record, safe),
    transactionHash: (row?.transactionHash ?? null) as HexString | null,
    next: null,
    safe,
    module: null,
  }
}

async function viewSafe(
  ctx: Context,
  found: OwnersCase,
  record: SettlementRecord,
  state: SettlementState,
): Promise<SafeSettlementView | null> {
  const submission = record.submissions.at(-1)
  if (!submission || !record.approval || state === 'refused') return null
  const { chainId, safe } = found.ref
  const transaction = safeTransactionFor(found.calls, submission.nonce)
  const confirmedAt = new Map(
    (await listConfirmations(ctx.db, { safeTxHash: submission.hash, proposalId: found.proposal.id })).map(
      (row) => [row.owner, secondsOf(row.createdAt)],
    ),
  )
  return {
    address: safe,
    chainId,
    version: record.approval.version,
    threshold: record.approval.threshold,
    owners: record.approval.owners.map((owner) => ({
      address: owner as HexString,
      confirmedAt: confirmedAt.get(owner) ?? null,
    })),
    transaction: {
      to: transaction.to,
      value: transaction.value.toString(),
      data: transaction.data,
      operation: transaction.operation,
      safeTxGas: transaction.safeTxGas.toString(),
      baseGas: transaction.baseGas.toString(),
      gasPrice: transaction.gasPrice.toString(),
      gasToken: transaction.gasToken,
      refundReceiver: transaction.refundReceiver,
      nonce: transaction.nonce.toString(),
    },
    safeTxHash: submission.hash as Hex,
    domainHash: domainHash({ chainId, safe }),
    messageHash: messageHash(transaction),
    executeData: state === 'ready' ? (record.executeData as Hex | null) : null,
    obstacle: state === 'confirming' ? record.obstacle : null,
    superseded: record.submissions
      .slice(0, -1)
      .reverse()
      .map(({ nonce, hash }) => ({ nonce: String(nonce), safeTxHash: hash as Hex })),
  }
}

function stepsOf(
  { proposal }: OwnersCase,
  state: SettlementState,
  record: SettlementRecord,
  safe: SafeSettlementView | null,
): SettlementStep[] {
  const step = (
    label: string,
    stepState: SettlementStep['state'],
    at: number | null = null,
  ): SettlementStep => ({
    label,
    state: stepState,
    at,
    due: null,
    transactionHash: null,
  })
  const decidedAt = proposal.result ? secondsOf(proposal.result.finalizedAt) : null
  if (state === 'waiting') {
    return [step('Vote', 'current'), step('Owners confirm', 'todo'), step('Execute', 'todo')]
  }
  if (state === 'refused') return [step('Vote', 'failed', decidedAt)]

  const confirmations =
    safe?.owners.flatMap(({ confirmedAt }) => confirmedAt ?? []).sort((a, b) => a - b) ?? []
  const reachedAt = safe ? (confirmations[safe.threshold - 1] ?? null) : null
  const ran = state === 'executed' || state === 'failed'
  const confirmed = ran || state === 'ready' || reachedAt !== null
  const count = safe ? ` (${Math.min(confirmations.length, safe.threshold)} of ${safe.threshold})` : ''
  return [
    step('Vote passed', 'done', decidedAt),
    state === 'conflict'
      ? step('Owners confirm', 'failed')
      : step(`Owners confirm${count}`, confirmed ? 'done' : 'current', confirmed ? reachedAt : null),
    {
      ...step(
        ran ? (state === 'executed' ? 'Executed' : 'Execution failed') : 'Execute',
        state === 'executed' ? 'done' : state === 'failed' ? 'failed' : confirmed ? 'current' : 'todo',
        ran ? record.tracedAt : null,
      ),
      transactionHash: ran ? ((proposal.settlement?.transactionHash ?? null) as HexString | null) : null,
    },
  ]
}
