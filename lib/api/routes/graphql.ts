import { Hono, type Context as HonoContext } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { z } from 'zod'
import { AppError } from '../../core/errors'
import { createGate } from '../../platform/gate'
import type { Context } from '../../services/context'
import type { ApiEnv } from '../api-env'
import { answerQuery, type GraphqlAsker } from '../graphql/answer-query'
import { sdl } from '../graphql/sdl'
import { readJson } from '../read-json'
import type { ScoreApi } from '../score-api'

/** A hundred variables of a hundred ids, and a list of ten thousand spaces. */
const MAX_BYTES = 1_000_000

const question = z.object({
  query: z.string().min(1),
  variables: z.record(z.string(), z.unknown()).nullish(),
  operationName: z.string().nullish(),
})

const jsonText = z.string().transform((text, context) => {
  try {
    return JSON.parse(text) as unknown
  } catch {
    context.addIssue('is not JSON')
    return z.NEVER
  }
})

/** In an address, variables are JSON text. */
const inAddress = z.object({
  query: z.string().optional(),
  variables: jsonText.optional(),
  operationName: z.string().optional(),
})

/** Questions that are worked on at once, and of one address: the others wait, or come again. */
const gateOptions = { atOnce: 16, waiting: 256, perKey: 16 }

/** Snapshot's hub: GraphQL by POST, and by GET for those who link to an answer. */
export function graphqlRoutes(ctx: Context, scores: ScoreApi) {
  const gate = createGate(gateOptions)
  const answer = async (c: HonoContext<ApiEnv>, input: unknown) => {
    const read = question.safeParse(input)
    if (!read.success) return c.json({ errors: [{ message: 'Must provide query string.' }] }, 400)
    const ip = c.get('ip')
    const asker: GraphqlAsker = { ip, inTurn: (work) => scores.inTurn(ip, work) }
    const answered = await gate.run(ip, () => answerQuery(ctx, asker, read.data)).catch(toAppError)
    if (answered instanceof AppError) return refuse(c, answered)
    return c.json(answered.body, answered.status as ContentfulStatusCode)
  }
  const get = async (c: HonoContext<ApiEnv>) => {
    const read = inAddress.safeParse(c.req.query())
    if (!read.success) return c.json({ errors: [{ message: 'Variables are invalid JSON.' }] }, 400)
    if (read.data.query === undefined && c.req.header('accept')?.includes('text/html')) return c.html(page)
    return answer(c, read.data)
  }
  const post = async (c: HonoContext<ApiEnv>) => {
    const input = await readJson(c.req.raw, 'POST body sent invalid JSON.', MAX_BYTES).catch(toAppError)
    return input instanceof AppError ? refuse(c, input) : answer(c, input)
  }
  return new Hono<ApiEnv>()
    .get('/graphql', get)
    .get('/hub/graphql', get)
    .post('/graphql', post)
    .post('/hub/graphql', post)
}

/** In GraphQL's form. */
function refuse(c: HonoContext<ApiEnv>, { status, message, details, retry }: AppError): Response {
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
