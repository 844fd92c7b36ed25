import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface RpcServer {
  readonly url: string
  /** Methods asked for so far, in order. */
  readonly asked: readonly string[]
  stop(): Promise<void>
}

/** What to do with one JSON-RPC request: answer it, or pass it on to `upstream`. */
export type RpcBehaviour = (
  request: { id: number; method: string; params: unknown[] },
  response: ServerResponse,
  upstream: () => Promise<void>,
) => void | Promise<void>

/** An RPC endpoint that stands before a real one and misbehaves as told. */
export async function startRpcServer(upstreamUrl: string, behave: RpcBehaviour): Promise<RpcServer> {
  const asked: string[] = []
  const server = createServer(async (request, response) => {
    const body = await readBody(request)
    const call = JSON.parse(body)
    asked.push(call.method)
    await behave(call, response, async () => {
      const answer = await fetch(upstreamUrl, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      })
      response.setHeader('content-type', 'application/json')
      response.end(await answer.text())
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}
