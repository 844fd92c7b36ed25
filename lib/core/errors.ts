/**
 * What can go wrong, one line each: the HTTP status an edge answers with, whether trying the same thing
 * again later may help, and whether `message` may be shown to whoever asked.
 */
export const codes = {
  /** The caller's message or request is refused; `message` says why, in Snapshot's words where it has some. */
  invalid: { status: 400, retry: false, public: true },
  /** No session, or the wrong one, for a private page. */
  unauthorized: { status: 401, retry: false, public: true },
  /** Nothing under that id. */
  not_found: { status: 404, retry: false, public: true },
  /** What was under that id was deleted, and the id is nobody's again. */
  gone: { status: 410, retry: false, public: true },
  /** True when it was asked, no longer true now: a nonce was used, a newer ballot exists. */
  conflict: { status: 409, retry: false, public: true },
  /** The byte-identical request is being worked on. */
  in_flight: { status: 425, retry: true, public: true },
  /** Too many requests from one address. */
  rate_limited: { status: 429, retry: true, public: true },
  /** An RPC endpoint, or a server that a strategy or validation asks, is missing, down, slow or answers something else. */
  chain_unavailable: { status: 503, retry: true, public: true },
  /** Postgres cannot be reached or is restarting. Nothing of the request was written. */
  database_unavailable: { status: 503, retry: true, public: true },
  /** ENS could not be read: who controls a space is unknown right now (Snapshot answers 500 here). */
  controller_unknown: { status: 500, retry: true, public: true },
  /** A start-up setting is missing or wrong; the process stops. */
  misconfigured: { status: 500, retry: false, public: true },
  /** A mistake of ours. `message` stays inside. */
  fault: { status: 500, retry: false, public: false },
} as const satisfies Record<string, { status: number; retry: boolean; public: boolean }>

export type ErrorCode = keyof typeof codes

/** Next bundles this module once more beside the server's own: an error of one must count as one in the other. */
const brand = Symbol.for('comitia.AppError')

/**
 * The one error type of the product. `message` may reach a user when the code is public; `details` never does.
 * Adapters translate foreign errors into it once; edges read only `code`.
 */
export class AppError extends Error {
  static override [Symbol.hasInstance](value: unknown): value is AppError {
    return typeof value === 'object' && value !== null && brand in value
  }

  override readonly name = 'AppError'
  readonly [brand] = true
  readonly code: ErrorCode
  readonly details: Readonly<Record<string, unknown>>

  constructor(
    code: ErrorCode,
    options: { message: string; details?: Record<string, unknown>; cause?: unknown },
  ) {
    super(options.message, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.details = options.details ?? {}
  }

  get status(): number {
    return codes[this.code].status
  }

  /** Whether the same request may succeed later without a change. */
  get retry(): boolean {
    return codes[this.code].retry
  }
}

/** Shorthand for the commonest refusal: the message was bad, and this sentence says how. */
export function refuse(message: string, details?: Record<string, unknown>): never {
  throw new AppError('invalid', details ? { message, details } : { message })
}
