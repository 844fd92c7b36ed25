import { Hono, type Context as HonoContext } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { z } from 'zod'
import { AppError, refuse } from '../../core/errors'
import { createGate } from '../../platform/gate'
import type { Context } from '../../services/context'
import type { ApiEnv } from '../api-env'
import { answerQuery, type GraphqlAsker } from '../graphql/answer-query'
import { sdl } from '../graphql/sdl'
import { readText } from '../read-text'
import type { ScoreApi } from '../score-api'

/** A hundred variables of a hundred ids, and a list of ten thousand spaces. */
const MAX_BYTES = 1_000_000

const NO_QUERY = 'Must provide query string.'

/** As express-graphql takes it: variables may be JSON text, and what is of no use is none. */
const question = z.object({
  query: z.string(NO_QUERY).min(1, NO_QUERY),
  variables: z
    .unknown()
    .transform((value, context) => {
      try {
        return typeof value === 'string' ? (JSON.parse(value) as unknown) : value
      } catch {
        context.addIssue('Variables are invalid JSON.')
        return z.NEVER
      }
    })
    .pipe(z.record(z.string(), z.unknown()).catch({})),
  operationName: z.string().nullish().catch(null),
})

/** Questions that are worked on at once, and of one address: the others wait in turn, or come again. */
const gateOptions = { atOnce: 16, waiting: 1_000, atOncePerKey: 8, perKey: 100 }

/** Snapshot's hub: GraphQL by POST in any form that express-graphql takes, and by GET for those who link to an answer. */
export function graphqlRoutes(ctx: Context, scores: ScoreApi) {
  const gate = createGate(gateOptions)
  /** What the address says counts before the body. */
  const answer = async (c: HonoContext<ApiEnv>, body: Readonly<Record<string, unknown>>) => {
    const address = c.req.query()
    const read = question.safeParse({
      query: address.query ?? body.query,
      variables: address.variables ?? body.variables,
      operationName: address.operationName ?? body.operationName,
    })
    if (!read.success) return c.json({ errors: [{ message: read.error.issues[0]?.message }] }, 400)
    const ip = c.get('ip')
    const asker: GraphqlAsker = { ip, inTurn: (work) => scores.inTurn(ip, work) }
    const answered = await gate.run(ip, () => answerQuery(ctx, asker, read.data)).catch(toAppError)
    if (answered instanceof AppError) return respond(c, answered)
    return c.json(answered.body, answered.status as ContentfulStatusCode)
  }
  const get = (c: HonoContext<ApiEnv>) => {
    const isPage = c.req.query('query') === undefined && c.req.header('accept')?.includes('text/html')
    return isPage ? c.html(page) : answer(c, {})
  }
  const post = async (c: HonoContext<ApiEnv>) => {
    const body = await readBody(c.req.raw).catch(toAppError)
    return body instanceof AppError ? respond(c, body) : answer(c, body)
  }
  return new Hono<ApiEnv>()
    .get('/graphql', get)
    .get('/hub/graphql', get)
    .post('/graphql', post)
    .post('/hub/graphql', post)
}

/** A query, a form or JSON, as its type says; nothing where there is nothing. */
async function readBody(request: Request): Promise<Readonly<Record<string, unknown>>> {
  const text = await readText(request, MAX_BYTES)
  const type = request.headers.get('content-type')?.split(';', 1)[0]?.trim().toLowerCase()
  if (text === '') return {}
  if (type === 'application/graphql') return { query: text }
  if (type === 'application/x-www-form-urlencoded') return Object.fromEntries(new URLSearchParams(text))
  try {
    return Object(JSON.parse(text))
  } catch {
    return refuse('POST body sent invalid JSON.')
  }
}

/** In GraphQL's form. */
function respond(c: HonoContext<ApiEnv>, { status, message, details, retry }: AppError): Response {
  if (retry) c.header('retry-after', String(details.retryAfter ?? 2))
  return c.json({ errors: [{ message }] }, status as ContentfulStatusCode)
}

function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error
  throw error
}

/** What a browser gets: nothing that would have to be loaded from elsewhere. */
const page = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>GraphQL</title>
<style>body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem } pre { overflow-x: auto }</style>
<h1>GraphQL</h1>
<p>Ask by <code>POST</code> with <code>{"query": "…", "variables": {…}}</code>, or by <code>GET</code> with <code>?query=…</code>:
<a href="?query=%7Bspaces%7Bid%20name%20proposalsCount%7D%7D">spaces</a>,
<a href="?query=%7Bproposals%7Bid%20title%20state%20scores%7D%7D">proposals</a>.</p>
<pre>${sdl.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</pre>
</html>
`
