import { randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { Hono } from 'hono'
import { afterEach, expect, test } from 'vitest'
import { createLogger } from '../platform/logger'
import type { ApiEnv } from './api-env'
import { createExportGate } from './export-gate'
import { packStream } from './pack-stream'
import { respondError } from './respond'

const closing: (() => unknown)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

/** A server of endless exports over HTTP, and how many of them are being made. The address is what `x-ip` says. */
async function serve(limits: Parameters<typeof createExportGate>[1]) {
  const log = createLogger({ level: 'silent', name: 'test' })
  const openExport = createExportGate(log, limits)
  const seen = { open: 0 }
  async function* endless() {
    seen.open += 1
    try {
      for (;;) yield randomBytes(750_000).toString('base64')
    } finally {
      seen.open -= 1
    }
  }
  const app = new Hono<ApiEnv>()
  app.use((c, next) => {
    c.set('ip', c.req.header('x-ip') ?? '')
    return next()
  })
  app.get('/plain', (c) => c.body(openExport(c, endless())))
  app.get('/packed', (c) => c.body(packStream(openExport(c, endless()))))
  app.onError((error, c) => respondError(c, error, log))
  const server = createServer(getRequestListener(app.fetch))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  closing.push(() => {
    server.close()
    server.closeAllConnections()
  })
  /** Asks, and takes nothing of the answer. */
  const stall = (path: string, ip: string): Socket => {
    const socket = connect(port, '127.0.0.1').on('error', () => {})
    socket.write(`GET ${path} HTTP/1.1\r\nhost: h\r\nx-ip: ${ip}\r\n\r\n`)
    closing.push(() => socket.destroy())
    return socket.pause()
  }
  const ask = (ip: string, method = 'GET') =>
    fetch(`http://127.0.0.1:${port}/plain`, { method, headers: { 'x-ip': ip } })
  return { seen, server, stall, ask }
}

test('so many exports at once, and so many for one address; who hangs up makes room', async () => {
  const { seen, stall, ask } = await serve({ atOnce: 3, perAddress: 2 })
  const first = stall('/plain', 'a')
  stall('/packed', 'a')
  await expect.poll(() => seen.open).toBe(2)
  const refused = await ask('a')
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '10'])
  expect(await refused.json()).toMatchObject({
    error_description: 'your address has as many downloads open as one may, try again in 10 s',
  })
  expect((await ask('a', 'HEAD')).status).toBe(200)
  stall('/plain', 'b')
  await expect.poll(() => seen.open).toBe(3)
  expect(await (await ask('c')).json()).toMatchObject({
    error_description: 'the server writes as many downloads as it can, try again in 10 s',
  })
  first.destroy()
  await expect.poll(() => seen.open).toBe(2)
  const taken = await ask('c')
  expect(taken.status).toBe(200)
  await taken.body?.cancel()
})

test.each(['/plain', '/packed'])(
  '%s, of which nobody takes anything, is ended, and its connection',
  async (path) => {
    const { seen, server, stall, ask } = await serve({ atOnce: 1, patienceMs: 300 })
    stall(path, 'a')
    await expect.poll(() => seen.open).toBe(1)
    await expect.poll(() => seen.open, { timeout: 5_000 }).toBe(0)
    const count = () => new Promise<number>((resolve) => server.getConnections((_, n) => resolve(n)))
    await expect.poll(count, { timeout: 5_000 }).toBe(0)
    const next = await ask('b')
    expect(next.status).toBe(200)
    await next.body?.cancel()
  },
)

test('whoever reads on, however slowly, gets on', async () => {
  const { seen, ask } = await serve({ patienceMs: 300 })
  const reader = (await ask('a')).body?.getReader()
  for (let i = 0; i < 12; i++) {
    for (let taken = 0; taken < 3_000_000; ) taken += (await reader?.read())?.value?.length ?? 0
    await new Promise((resolve) => setTimeout(resolve, 60))
  }
  expect(seen.open).toBe(1)
  await reader?.cancel()
})
