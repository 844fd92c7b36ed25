import { AppError } from '../core/errors'

/**
 * What Postgres, the socket and Prisma say when the database cannot be used right now: connection failures
 * (class 08, ECONN…), shutdown and start-up (57P…), a statement or lock that took too long, too many connections,
 * out of disk or memory (class 53), and transactions that Postgres ended to break a deadlock.
 */
const UNAVAILABLE_CODES =
  /^(08...|53...|57P0[1-5]|57014|55P03|40001|40P01|25P03|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|P1001|P1002|P1008|P1017|P2024|P2028|P2034|P2037)$/

/** `pg` gives these no code. */
const UNAVAILABLE_MESSAGES =
  /connection terminated|connection timeout|connection error|timeout exceeded when trying to connect|read timeout|pool after calling end/i

/**
 * The product's error for whatever a query threw: `database_unavailable` when asking again later may work, else
 * the error itself, which is then a mistake of ours.
 */
export function translateError(error: unknown): unknown {
  if (error instanceof AppError || !isUnavailable(error)) return error
  return new AppError('database_unavailable', {
    message: 'The database cannot be reached right now. Nothing was changed; try again in a moment.',
    cause: error,
  })
}

function isUnavailable(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const code = 'code' in cause ? String(cause.code) : ''
    if (UNAVAILABLE_CODES.test(code) || UNAVAILABLE_MESSAGES.test(cause.message)) return true
    // Several addresses of one host were tried.
    if (cause instanceof AggregateError && cause.errors.some(isUnavailable)) return true
  }
  return false
}
