import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { AppError } from '../../core/errors'
import type { Logger } from '../../platform/logger'
import type { Witness, WitnessReply } from './witness'

/** More than a checkpoint with 63 hashes and dozens of signatures. */
const MAX_REQUEST_BYTES = 16_384

export interface WitnessServer {
  readonly port: number
  stop(): Promise<void>
}

/**
 * Answers `POST /add-checkpoint` with the witness's word, and `GET /` with who it is. Takes little from anybody: small
 * requests, sent within seconds, over some hundred connections. `port` 0: any free one.
 *
 * @throws AppError `misconfigured` if it cannot listen there
 */
export async function startWitnessServer(options: {
  readonly witness: Witness
  /** What is said at `/`. */
  readonly introduction: string
  readonly host: string
  readonly port: number
  readonly log: Logger
}): Promise<WitnessServer> {
  const { witness, introduction, host, port, log } = options
  const timeouts = { headersTimeout: 5_000, requestTimeout: 10_000, connectionsCheckingInterval: 2_000 }
  const server = createServer(timeouts, async (request, response) => {
    try {
      send(response, await answer(request))
    } catch (error) {
      if (request.errored) return
      log.error({ event: 'witness.failed', err: error })
      send(response, plain(500, 'the witness cannot answer now'))
    }
  })
  server.maxConnections = 500
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) =>
      reject(
        new AppError('misconfigured', { message: `cannot listen on port ${port} (${cause.code})`, cause }),
      ),
    )
    server.listen(port, host, resolve)
  })
  return {
    port: (server.address() as AddressInfo).port,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }

  async function answer(request: IncomingMessage): Promise<WitnessReply> {
    if (request.url === '/' && request.method === 'GET') return plain(200, introduction)
    if (request.url !== '/add-checkpoint') return plain(404, 'there is only POST /add-checkpoint')
    if (request.method !== 'POST') return plain(405, 'there is only POST /add-checkpoint')
    const body = await readBody(request)
    return body === undefined ? plain(413, 'too large') : witness.addCheckpoint(body)
  }
}

/** Undefined for a longer one than is read. */
async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    size += chunk.length
    if (size <= MAX_REQUEST_BYTES) chunks.push(chunk)
    // Read on a little, so that the sender gets the answer instead of a broken connection.
    else if (size > 64 * MAX_REQUEST_BYTES) break
  }
  return size > MAX_REQUEST_BYTES ? undefined : Buffer.concat(chunks).toString('utf8')
}

function send(response: ServerResponse, { status, type, body }: WitnessReply): void {
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(body)
}

function plain(status: number, line: string): WitnessReply {
  return { status, type: 'text/plain; charset=utf-8', body: `${line}\n` }
}
