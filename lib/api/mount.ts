import { createIngest } from '../ingest/ingest'
import { sharedContext } from '../services/create-context'
import type { Api } from './api-env'
import { createApi } from './app'
import { originalPathHeader } from './original-path'

let mounted: Api | undefined

/**
 * Answers a request that reached the API through a Next route, for hosts that run plain Next. There the worker
 * applies the migrations, and each server process batches its own writes.
 */
export async function answerMounted(request: Request): Promise<Response> {
  if (!mounted) {
    const ctx = sharedContext()
    mounted = createApi(ctx, createIngest(ctx))
  }
  const path = request.headers.get(originalPathHeader)
  if (path === null) return mounted.fetch(request)
  const url = new URL(request.url)
  return mounted.fetch(new Request(new URL(`${path}${url.search}`, url), request))
}
