import { BaseError, UserRejectedRequestError } from 'viem'
import { ApiError } from '../../../lib/client/api'
import { explainModuleError } from '../../../lib/core/settlement/explain-module-error'
import { words } from '../words'

/** Whether a person said no in their wallet. */
function isRejection(error: unknown): boolean {
  if (error instanceof BaseError)
    return error.walk((cause) => cause instanceof UserRejectedRequestError) !== null
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 4001
}

/** What a contract said when it refused a transaction, as wallets and nodes pass it on; null when nothing did. */
function revertData(error: BaseError): `0x${string}` | null {
  const cause = error.walk((inner) => findData(inner) !== null)
  return cause && findData(cause)
}

function findData(value: unknown): `0x${string}` | null {
  if (typeof value === 'string') return /^0x[0-9a-fA-F]{8,}$/.test(value) ? (value as `0x${string}`) : null
  if (typeof value !== 'object' || value === null) return null
  // Wallets wrap the node's answer in their own, some of them twice.
  return (
    ('data' in value && findData(value.data)) ||
    ('originalError' in value && findData(value.originalError)) ||
    null
  )
}

/** Why something failed, in words, and what the reader can do; foreign errors are translated here alone. */
export function explainError(error: unknown): { readonly why: string; readonly todo: string | null } {
  if (isRejection(error)) return { why: words.errors.rejected, todo: words.errors.rejectedTodo }
  if (error instanceof ApiError) {
    const known = words.refusals[error.message]
    return {
      why: known?.why ?? error.message,
      todo: known?.todo ?? (error.retry ? words.errors.retryTodo : null),
    }
  }
  if (error instanceof BaseError) {
    const data = revertData(error)
    const refusal = data && explainModuleError(data)
    if (refusal) return { why: refusal, todo: null }
  }
  if (error instanceof BaseError) return { why: error.shortMessage, todo: words.errors.walletTodo }
  if (error instanceof Error && error.message) return { why: error.message, todo: null }
  return { why: words.errors.unknown, todo: words.errors.unknownTodo }
}
