import type { IncomingMessage, ServerResponse } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { afterAll, expect, test } from 'vitest'
import type { Clock } from '../platform/clock'
import { createTestContext } from '../testing/context'
import { createFrontServer } from './front-server'

const closing: (() => Promise<unknown>)[] = []
afterAll(() => Promise.all(closing.map((close) => close())))

/** A front before an API and pages that answer with what reached them, and a way to send it any bytes. */
async function openFront(variables: Record<string, string> = {}) {
  const clock: Clock = { now: () => 1_700_000_000_000 }
  const ctx = await createTestContext({ clock, variables })
  const echo = (name: string) => (request: IncomingMessage, response: ServerResponse) =>
    response.end(`${name} ${request.url} ${request.headers['x-forwarded-for'] ?? '-'}`)
  const server = createFrontServer(ctx, { api: echo('api'), page: echo('page') })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(async () => {
    await new Promise((resolve) => server.close(resolve))
    await ctx.close()
  })
  const { port } = server.address() as AddressInfo
  /** Status and body of `GET target`, or of another method. */
  const ask = async (target: string, headers = '', method = 'GET') => {
    const socket = connect(port, '127.0.0.1')
    socket.end(`${method} ${target} HTTP/1.1\r\nhost: h\r\nconnection: close\r\n${headers}\r\n`)
    let text = ''
    for await (const chunk of socket) text += chunk
    const [head = '', body] = text.split('\r\n\r\n')
    // Without a length node sends chunks.
    return `${head.split(' ')[1]} ${body?.replace(/^[0-9a-f]+\r\n|\r\n0$/g, '').trim()}`
  }
  return { server, ask }
}

test('every spelling of an API path reaches the API', async () => {
  const { ask } = await openFront()
  for (const target of [
    '/api/msg',
    '/./api/msg',
    '/x/../api/msg',
    '/%61pi/msg',
    'http://elsewhere/api/msg',
  ]) {
    expect(await ask(target)).toBe('200 api /api/msg -')
  }
  expect(await ask('/..', '', 'OPTIONS')).toBe('200 api / -')
  expect(await ask('/../demo?a=1')).toBe('200 page /demo?a=1 127.0.0.1')
})

test.each(['*', '/%ff', '/%00', 'ftp://x/'])('the target %s is refused', async (target) => {
  const { ask } = await openFront()
  expect(await ask(target, '', 'OPTIONS')).toBe('400 malformed request target')
})

test('pages see the sender’s true address', async () => {
  const spoofed = 'x-forwarded-for: 6.6.6.6\r\nx-forwarded-for: 1.2.3.4\r\n'
  expect(await (await openFront()).ask('/', spoofed)).toBe('200 page / 127.0.0.1')
  const behindOne = await openFront({ COMITIA_TRUSTED_PROXIES: '1' })
  expect(await behindOne.ask('/', spoofed)).toBe('200 page / 1.2.3.4')
})

test('one address gets so many pages a minute, and what they are made of', async () => {
  const { ask } = await openFront({ COMITIA_RATE_LIMIT: '3' })
  for (const spoofed of ['1.1.1.1', '2.2.2.2', '3.3.3.3']) {
    expect(await ask('/', `x-forwarded-for: ${spoofed}\r\n`)).toBe('200 page / 127.0.0.1')
  }
  expect(await ask('/', 'x-forwarded-for: 4.4.4.4\r\n')).toBe('429 too many requests, try again in 20 s')
  expect(await ask('/_next/static/a.js')).toBe('200 page /_next/static/a.js 127.0.0.1')
  expect(await ask('/_next/static/../../demo')).toMatch(/^429 /)
})

test('a request that trickles in is cut off', async () => {
  const { server } = await openFront()
  expect(server.requestTimeout).toBe(30_000)
  expect(server.headersTimeout).toBe(15_000)
  expect(server.timeout).toBe(120_000)
})
