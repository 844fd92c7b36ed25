import { BaseError, UserRejectedRequestError } from 'viem'
import { ApiError } from '../../../lib/client/api'
import { words } from '../words'

/** Whether a person said no in their wallet. */
function isRejection(error: unknown): boolean {
  if (error instanceof BaseError)
    return error.walk((cause) => cause instanceof UserRejectedRequestError) !== null
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 4001
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
  if (error instanceof BaseError) return { why: error.shortMessage, todo: words.errors.walletTodo }
  if (error instanceof Error && error.message) return { why: error.message, todo: null }
  return { why: words.errors.unknown, todo: words.errors.unknownTodo }
}
