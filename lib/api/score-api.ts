import { createHash } from 'node:crypto'
import type { Context as HonoContext } from 'hono'
import { AppError, codes } from '../core/errors'
import { createGate } from '../platform/gate'
import { createRequestBudget } from '../platform/request-budget'
import type { Context } from '../services/context'
import { ScoreError } from '../services/score/score-error'
import type { ApiEnv } from './api-env'
import { tooManyRequests } from './rate-limit'

/** A question in JSON-RPC's form. */
export interface ScoreQuestion {
  readonly method: unknown
  readonly params?: unknown
  readonly id?: unknown
}

/** What a path answers, by the method's name. Each throws `ScoreError` and `AppError`. */
export type ScoreMethods = Readonly<
  Record<string, (ctx: Context, params: Readonly<Record<string, unknown>>) => Promise<unknown>>
>

/** Snapshot's score API: what a client asks about power and conditions, at any block of a chain that is served here. */
export interface ScoreApi {
  /** Answers one of `methods`, as JSON-RPC; what is wrong with the question is in the answer. */
  answer(c: HonoContext<ApiEnv>, methods: ScoreMethods, question: ScoreQuestion): Promise<Response>
  /** The form in which it says what is wrong with a question. */
  refuse(c: HonoContext<ApiEnv>, error: unknown, id: unknown): Response
  /** Reads a chain for an address as one of its questions. Throws `rate_limited`. */
  inTurn<Result>(ip: string, work: () => Promise<Result>): Promise<Result>
}

/**
 * Whoever asks keeps our RPC endpoints busy: from one address a third of the usual requests, two under way at a time and a
 * hundred with those that wait; four under way and 256 waiting for all. The same question asked by several at a time is one.
 */
export function createScoreApi(installed: Context): ScoreApi {
  // What is remembered of chains belongs to this object: what somebody invents here displaces nothing that votes need.
  const ctx: Context = { ...installed, chains: { ...installed.chains } }
  const gate = createGate({ atOnce: 4, waiting: 256, atOncePerKey: 2, perKey: 100 })
  const budget = createRequestBudget(ctx.clock, Math.ceil(ctx.env.rateLimit / 3))
  const underWay = new Map<string, Promise<unknown>>()

  function charge(ip: string): void {
    const { waitSeconds } = budget.spend(ip)
    if (waitSeconds > 0) throw tooManyRequests(waitSeconds)
  }

  /** The answer to a question, and whether somebody is getting the same one already. */
  function share(ip: string, question: readonly unknown[], work: () => Promise<unknown>) {
    const key = createHash('sha256').update(JSON.stringify(question)).digest('base64')
    const known = underWay.get(key)
    if (known) return { answer: known, isShared: true }
    const answer = gate.run(ip, work)
    underWay.set(key, answer)
    const forget = () => underWay.delete(key)
    answer.then(forget, forget)
    return { answer, isShared: false }
  }

  function refuse(c: HonoContext<ApiEnv>, error: unknown, id: unknown): Response {
    const { code, data } = describe(error, c)
    return c.json({ jsonrpc: '2.0', error: { code, message: 'unauthorized', data }, id }, code)
  }

  function describe(error: unknown, c: HonoContext<ApiEnv>): { code: 400 | 429 | 500; data: string } {
    if (error instanceof ScoreError) return error
    if (error instanceof AppError && codes[error.code].public) {
      if (error.code === 'rate_limited') {
        c.header('retry-after', String(error.details.retryAfter))
        return { code: 429, data: error.message }
      }
      return { code: 500, data: error.message }
    }
    const requestId = c.get('requestId')
    ctx.log.error({ event: 'request.failed', requestId, path: c.req.path, err: error })
    return { code: 500, data: `internal error, request ${requestId}` }
  }

  return {
    async answer(c, methods, { method, params: given, id = null }) {
      try {
        const work =
          typeof method === 'string' && Object.hasOwn(methods, method) ? methods[method] : undefined
        if (!work) throw new ScoreError(400, 'wrong method')
        charge(c.get('ip'))
        const params = isRecord(given) ? given : {}
        if (!isNestedWithin(params, MAX_LEVELS))
          throw new ScoreError(400, `invalid params: nested more than ${MAX_LEVELS} times`)
        const { answer, isShared } = share(c.get('ip'), [method, params], () => work(ctx, params))
        return c.json({ jsonrpc: '2.0', result: await answer, id, cache: isShared })
      } catch (error) {
        return refuse(c, error, id)
      }
    },
    refuse,
    async inTurn(ip, work) {
      charge(ip)
      return gate.run(ip, work)
    },
  }
}

/** Of what is nested: more than 32 strategies in each other have, and less than would overflow the stack. */
const MAX_LEVELS = 128

function isNestedWithin(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return true
  return levels > 0 && Object.values(value).every((item) => isNestedWithin(item, levels - 1))
}

/** Whether a body is a question, and no envelope. */
export function isScoreQuestion(body: unknown): body is ScoreQuestion {
  return isRecord(body) && 'jsonrpc' in body && 'method' in body
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
