import {
  domainHash,
  messageHash,
  type SafeTransaction,
  safeTransactionFor,
  safeTxHash,
} from '../../../../../lib/core/settlement/safe-transaction'
import type { ExecutionView } from '../../../../../lib/core/views/proposal-view'
import type { SafeSettlementView } from '../../../../../lib/core/views/settlement-view'

/** A Safe transaction rebuilt in this browser from the calls that were voted on, and how the server's compares. */
export interface CheckedTransaction {
  readonly transaction: SafeTransaction
  readonly hashes: { readonly safeTxHash: string; readonly domainHash: string; readonly messageHash: string }
  /** Which of the server's figures differ from the rebuilt ones; empty when all is as it should be. */
  readonly mismatches: readonly string[]
}

/** Rebuilds what the owners should sign and compares it, field by field and hash by hash, with what the server says. */
export function checkSafeTransaction(execution: ExecutionView, safe: SafeSettlementView): CheckedTransaction {
  const calls = execution.calls.map(({ to, value, data, operation }) => ({
    to,
    value: BigInt(value),
    data,
    operation,
  }))
  const transaction = safeTransactionFor(calls, Number(safe.transaction.nonce))
  const domain = { chainId: execution.chainId, safe: execution.safe }
  const hashes = {
    safeTxHash: safeTxHash(domain, transaction),
    domainHash: domainHash(domain),
    messageHash: messageHash(transaction),
  }
  const fields = Object.entries(transaction).filter(
    ([name, value]) =>
      String(value).toLowerCase() !==
      String(safe.transaction[name as keyof typeof safe.transaction]).toLowerCase(),
  )
  const mismatches = [
    ...(safe.address.toLowerCase() === execution.safe.toLowerCase() && safe.chainId === execution.chainId
      ? []
      : ['Safe']),
    ...fields.map(([name]) => name),
    ...Object.entries(hashes)
      .filter(([name, hash]) => hash !== safe[name as keyof typeof hashes])
      .map(([name]) => name),
  ]
  return { transaction, hashes, mismatches }
}
