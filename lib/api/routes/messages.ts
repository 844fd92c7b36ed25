import { Hono, type Context as HonoContext } from 'hono'
import { privateKeyToAddress } from 'viem/accounts'
import { z } from 'zod'
import type { Ingest } from '../../ingest/ingest'
import type { Context } from '../../services/context'
import { version } from '../../services/installation/version'
import { getEnvelope } from '../../services/message/get-envelope'
import { getMessage } from '../../services/message/get-message'
import { askValidation } from '../../services/score/ask-validation'
import { getVp } from '../../services/score/get-vp'
import type { ApiEnv } from '../api-env'
import { hash, parseInput } from '../parse-input'
import { readJson } from '../read-json'
import { isScoreQuestion, type ScoreApi } from '../score-api'

const message = z.object({ id: hash })
const questions = { get_vp: getVp, validate: askValidation }

/** Snapshot's write API: the signed envelope, and what its clients ask a sequencer. Then each message for itself. */
export function messageRoutes(ctx: Context, ingest: Ingest, scores: ScoreApi) {
  const accept = async (c: HonoContext<ApiEnv>) => {
    const body = await readJson(c.req.raw, 'wrong envelope format')
    if (isScoreQuestion(body)) return scores.answer(c, questions, body)
    return c.json(await ingest.ingest(body, { ip: c.get('ip') }))
  }

  return new Hono<ApiEnv>()
    .post('/', accept)
    .post('/api/msg', accept)
    .get('/api', (c) =>
      c.json({
        name: 'comitia',
        network: ctx.env.demo ? 'demo' : 'livenet',
        version,
        relayer: privateKeyToAddress(ctx.keys.receiptKey),
      }),
    )
    .get('/api/v1/messages/:id', async (c) =>
      c.json(await getMessage(ctx, parseInput(message, c.req.param()).id)),
    )
    .get('/api/ipfs/:cid', async (c) => {
      const text = await getEnvelope(ctx, c.req.param('cid'))
      return c.body(text, 200, {
        'content-type': 'application/json; charset=utf-8',
        // The name is the hash of the content: it never changes.
        'cache-control': 'public, max-age=31536000, immutable',
        etag: `"${c.req.param('cid')}"`,
      })
    })
}
