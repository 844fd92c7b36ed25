import { Hono } from 'hono'
import type { Context } from '../../services/context'
import { describeStrategies } from '../../services/score/describe-strategies'
import { describeValidations } from '../../services/score/describe-validations'
import { getScores } from '../../services/score/get-scores'
import type { ApiEnv } from '../api-env'
import { readJson } from '../read-json'
import type { ScoreApi } from '../score-api'

/** More than 10,000 addresses and all that may be said of strategies: each that waits for its turn is kept. */
const maxBytes = 1_000_000

/** The powers of many addresses, and what can measure them. What is asked about one address is posted to `/`. */
export function scoreRoutes(ctx: Context, scores: ScoreApi) {
  return new Hono<ApiEnv>()
    .post('/api/scores', async (c) => {
      const body = (await readJson(c.req.raw, 'Invalid JSON', maxBytes)) as { params?: unknown } | null
      return scores.answer(c, { get_scores: getScores }, { method: 'get_scores', params: body?.params })
    })
    .get('/api/strategies', (c) => c.json(describeStrategies(ctx)))
    .get('/api/validations', (c) => c.json(describeValidations(ctx)))
}
