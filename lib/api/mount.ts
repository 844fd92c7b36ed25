import { createIngest } from '../ingest/ingest'
import type { Context } from '../services/context'
import { sharedContext } from '../services/create-context'
import type { Api } from './api-env'
import { createApi } from './app'
import { originalPathHeader } from './original-path'

let mounted: { readonly ctx: Context; readonly api: Api } | undefined

/**
 * Answers a request that reached the API through a Next route, for hosts that run plain Next. There the worker
 * applies the migrations, and each server process batches its own writes.
 */
export async function answerMounted(request: Request): Promise<Response> {
  const ctx = sharedContext()
  if (mounted?.ctx !== ctx) mounted = { ctx, api: createApi(ctx, createIngest(ctx)) }
  const { api } = mounted
  const path = request.headers.get(originalPathHeader)
  if (path === null) return api.fetch(request)
  const url = new URL(request.url)
  return api.fetch(new Request(new URL(`${path}${url.search}`, url), request))
}
