import type { IncomingMessage, ServerResponse } from 'node:http'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { getRequestListener } from '@hono/node-server'
import { createApi } from '../api/app'
import { createFrontServer } from '../api/front-server'
import { AppError } from '../core/errors'
import { createIngest } from '../ingest/ingest'
import { readEnv } from '../platform/env'
import { createContext, shareContext } from '../services/create-context'
import { openLogKey } from '../services/operator/open-log-key'
import { openReceiptKey } from '../services/operator/open-receipt-key'
import { prepareDatabase } from './prepare-database'
import { readCommandLine } from './read-command-line'
import { untilStopped } from './until-stopped'

const usage = `usage: comitia serve                the API and the pages, until SIGTERM
       comitia serve --api-only     no pages

Its settings are environment variables: comitia doctor checks them.`

type Listener = (request: IncomingMessage, response: ServerResponse) => unknown

/**
 * `comitia serve`: one node server that answers the API itself and hands every other request to Next. With
 * --api-only there are no pages. On SIGTERM it takes nothing new and answers what it has taken.
 */
export async function serve(args: readonly string[]): Promise<void> {
  const options = readCommandLine('serve', args, { read: readOptions, usage })
  if (!options) return
  process.title = 'comitia serve'
  const env = readEnv('serve')
  const ctx = createContext(env, 'serve')
  await prepareDatabase(ctx)
  // Published before anybody asks who signs here.
  await Promise.all([openReceiptKey(ctx), openLogKey(ctx)])
  shareContext(ctx)
  const ingest = createIngest(ctx)
  const answerApi = getRequestListener(createApi(ctx, ingest).fetch)

  let answerPage: Listener = (_, response) => response.writeHead(404).end()
  const server = createFrontServer(ctx, {
    api: answerApi,
    page: (request, response) => answerPage(request, response),
  })
  const pages = options['api-only'] ? undefined : await openPages()
  if (pages) {
    answerPage = pages.getRequestHandler()
    const upgrade = pages.getUpgradeHandler()
    server.on('upgrade', (request, socket, head) => void upgrade(request, socket, head))
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const reason =
        cause.code === 'EADDRINUSE' ? 'is taken by another process' : `cannot be used (${cause.code})`
      reject(new AppError('misconfigured', { message: `PORT ${env.port} ${reason}`, cause }))
    })
    server.listen(env.port, env.host, resolve)
  })
  ctx.log.info({ event: 'serve.ready', port: env.port, url: env.publicUrl })

  await untilStopped(async () => {
    ctx.log.info({ event: 'serve.stopping' })
    const closed = new Promise<void>((resolve) => server.close(() => resolve()))
    // A connection that was busy a moment ago idles now, and would be kept for another request.
    const sweep = setInterval(() => server.closeIdleConnections(), 50)
    await ingest.close()
    await closed
    clearInterval(sweep)
    await pages?.close()
    await ctx.close()
  })
}

function readOptions(args: string[]) {
  return parseArgs({ args, options: { 'api-only': { type: 'boolean', default: false } } }).values
}

/** Next, loaded late: it takes longer than all the rest, and `--api-only` does without. */
async function openPages() {
  // React and Next choose their build by it.
  Object.assign(process.env, { NODE_ENV: process.env.NODE_ENV ?? 'production' })
  // node's idea of this package's default export differs from TypeScript's.
  const module = await import('next')
  const next = (module.default as unknown as { default?: typeof module.default }).default ?? module.default
  const pages = next({
    dev: process.env.NODE_ENV === 'development',
    dir: fileURLToPath(new URL('../..', import.meta.url)),
  })
  await pages.prepare().catch((cause: unknown) => {
    const text = String(cause)
    if (!text.includes('production build')) throw cause
    throw new AppError('misconfigured', { message: 'the pages are not built; run npx next build', cause })
  })
  return pages
}
