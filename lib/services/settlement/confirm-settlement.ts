import type { Address, Hex } from 'viem'
import { AppError } from '../../core/errors'
import type { Confirmation } from '../../core/settlement/safe-transaction'
import type { SettlementView } from '../../core/views/settlement-view'
import { saveConfirmation } from '../../db/confirmation/save-confirmation'
import { findRecord } from '../../db/settlement/find-record'
import { listConfirmedSubmissions } from '../../db/settlement/list-confirmed-submissions'
import { lockAccount } from '../../db/settlement/lock-account'
import type { Context } from '../context'
import { findCase, type OwnersCase } from './find-case'
import { refreshSettlement } from './refresh-settlement'
import { settleProposal } from './settle-proposal'
import { readRecord, restoreSubmission, type StoredSubmission } from './settlement-record'

/**
 * Keeps an owner's signature over the transaction that counts now; the first one reserves its nonce. Throws
 * `conflict` when `safeTxHash` is not that one any more, or its nonce was reserved meanwhile; `invalid`
 * for a signature that the account would not accept.
 */
export async function confirmSettlement(
  ctx: Context,
  id: string,
  given: { readonly owner: Address; readonly signature: Hex; readonly safeTxHash: Hex },
): Promise<SettlementView> {
  const found = await findCase(ctx, id)
  const stored = readRecord(found?.proposal.settlement?.data).submissions.at(-1)
  if (found?.settles !== 'by-owners' || !stored || found.proposal.settlement?.state === 'refused') {
    throw new AppError('conflict', { message: 'There is nothing to confirm for this proposal now.' })
  }
  if (stored.hash !== given.safeTxHash) {
    throw new AppError('conflict', {
      message: `The transaction to confirm is now ${stored.hash}: the former nonce went to another one. Confirm that one.`,
    })
  }
  const confirmation = await found.executor.confirm(ctx, restoreSubmission(stored, found.plan()), given)
  if (!(await keep(ctx, found, stored, confirmation))) {
    await settleProposal(ctx, id)
    throw new AppError('conflict', {
      message: `The nonce ${stored.nonce} was meanwhile given to another proposal that an owner has confirmed. Confirm the new transaction.`,
    })
  }
  return refreshSettlement(ctx, id)
}

/** False when the submission counts no more, or its nonce is another proposal's by now. */
async function keep(
  ctx: Context,
  { proposal, ref }: OwnersCase,
  stored: StoredSubmission,
  { owner, signature }: Confirmation,
): Promise<boolean> {
  const account = { chainId: ref.chainId, address: ref.safe }
  return ctx.db.transaction(async (sql) => {
    await lockAccount(sql, account)
    const record = readRecord(await findRecord(sql, proposal.id))
    if (record.submissions.at(-1)?.hash !== stored.hash) return false
    const confirmed = await listConfirmedSubmissions(sql, account)
    const isFirst = confirmed.every(({ proposalId }) => proposalId !== proposal.id)
    // Two proposals of the same calls share the very transaction: it is the one's that was confirmed first.
    const isTaken = confirmed.some(
      ({ hash, nonce, confirmedBy }) =>
        hash === stored.hash ||
        (nonce === stored.nonce && confirmedBy.some((who) => record.approval?.owners.includes(who))),
    )
    if (isFirst && isTaken) return false
    await saveConfirmation(sql, {
      safeTxHash: stored.hash,
      owner,
      proposalId: proposal.id,
      signature,
      createdAt: new Date(ctx.clock.now()),
    })
    return true
  })
}
