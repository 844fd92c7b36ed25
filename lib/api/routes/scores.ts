import { createHash } from 'node:crypto'
import { Hono, type Context as HonoContext } from 'hono'
import { AppError, codes } from '../../core/errors'
import { createGate } from '../../platform/gate'
import { createRequestBudget } from '../../platform/request-budget'
import type { Context } from '../../services/context'
import { askValidation } from '../../services/score/ask-validation'
import { describeStrategies } from '../../services/score/describe-strategies'
import { describeValidations } from '../../services/score/describe-validations'
import { getScores } from '../../services/score/get-scores'
import { getVp } from '../../services/score/get-vp'
import { ScoreError } from '../../services/score/score-error'
import type { ApiEnv } from '../api-env'
import { readJson } from '../read-json'

const maxBytes = 8_000_000

type Params = Readonly<Record<string, unknown>>

/** Snapshot's score API: what a client asks about power and conditions, at any block of a chain that is served here. */
export interface ScoreApi {
  readonly routes: Hono<ApiEnv>
  /** Whether a body that was posted to `/` is a question, and no envelope. */
  asks(body: unknown): boolean
  /** Answers a question that was posted to `/`. */
  answer(c: HonoContext<ApiEnv>, body: unknown): Promise<Response>
  /** Reads a chain for an address as one of its questions. Throws `rate_limited`. */
  inTurn<Result>(ip: string, work: () => Promise<Result>): Promise<Result>
  /** The form in which it says what is wrong with a question. */
  refuse(c: HonoContext<ApiEnv>, error: unknown, id: unknown): Response
}

/**
 * Whoever asks keeps our RPC endpoints busy: from one address a third of the usual requests, eight under way or waiting;
 * four under way and 64 waiting for all. The same question asked by several at a time is one.
 */
export function createScoreApi(installed: Context): ScoreApi {
  // What is remembered of chains belongs to this object: what somebody invents here displaces nothing that votes need.
  const ctx: Context = { ...installed, chains: { ...installed.chains } }
  const gate = createGate({ atOnce: 4, waiting: 64, perKey: 8 })
  const budget = createRequestBudget(ctx.clock, Math.ceil(ctx.env.rateLimit / 3))
  const underWay = new Map<string, Promise<unknown>>()
  const methods: Readonly<Record<string, (params: Params) => Promise<unknown>>> = {
    get_vp: (params) => getVp(ctx, params),
    get_scores: (params) => getScores(ctx, params),
    validate: (params) => askValidation(ctx, params),
  }

  function charge(ip: string): void {
    const { waitSeconds } = budget.spend(ip)
    if (waitSeconds === 0) return
    const message = `too many requests, try again in ${waitSeconds} s`
    throw new AppError('rate_limited', { message, details: { retryAfter: waitSeconds } })
  }

  async function ask(c: HonoContext<ApiEnv>, method: string, params: Params, id: unknown): Promise<Response> {
    try {
      const work = Object.hasOwn(methods, method) ? methods[method] : undefined
      if (!work) throw new ScoreError(400, 'wrong method')
      charge(c.get('ip'))
      const key = createHash('sha256')
        .update(JSON.stringify([method, params]))
        .digest('base64')
      const known = underWay.get(key)
      const answer = known ?? gate.run(c.get('ip'), () => work(params))
      if (!known) {
        underWay.set(key, answer)
        const forget = () => underWay.delete(key)
        answer.then(forget, forget)
      }
      const result = await answer
      return c.json({ jsonrpc: '2.0', result, id, cache: known !== undefined })
    } catch (error) {
      return refuse(c, error, id)
    }
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
    routes: new Hono<ApiEnv>()
      .post('/api/scores', async (c) => {
        const body = await readJson(c.req.raw, 'Invalid JSON', maxBytes)
        return ask(c, 'get_scores', isRecord(body) && isRecord(body.params) ? body.params : {}, null)
      })
      .get('/api/strategies', (c) => c.json(describeStrategies(ctx)))
      .get('/api/validations', (c) => c.json(describeValidations(ctx))),
    refuse,
    async inTurn(ip, work) {
      charge(ip)
      return gate.run(ip, work)
    },
    asks: (body) => isRecord(body) && 'jsonrpc' in body && 'method' in body,
    answer(c, body) {
      const { method, params, id = null } = isRecord(body) ? body : {}
      const name = method === 'get_scores' ? '' : String(method)
      return ask(c, name, isRecord(params) ? params : {}, id)
    },
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
