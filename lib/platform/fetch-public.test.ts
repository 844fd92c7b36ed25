import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createPublicFetch, type FetchPublic } from './fetch-public'
import { startWebServer, type WebServer } from './web-server.suite'

let server: WebServer
let fetchLocal: FetchPublic

beforeAll(async () => {
  server = await startWebServer(({ url = '', method }, response, body) => {
    if (url === '/silent') return
    if (url === '/moved') response.writeHead(302, { location: '/json' }).end()
    else if (url === '/broken') response.writeHead(500).end('{}')
    else if (url === '/text') response.end('not JSON')
    else if (url === '/long') response.end(JSON.stringify('x'.repeat(2_000)))
    else if (url === '/endless') {
      response.on('error', () => {})
      const timer = setInterval(() => response.write('x'.repeat(100)), 5)
      response.on('close', () => clearInterval(timer))
    } else response.end(JSON.stringify({ url, method, body }))
  })
  fetchLocal = createPublicFetch({
    ca: server.ca,
    timeoutMs: 400,
    maxBytes: 1_000,
    isAllowed: (address) => address === '127.0.0.1' || address === '::1',
  })
})
afterAll(() => server.stop())

test('gives the JSON of an answer', async () => {
  expect(await fetchLocal({ url: `${server.url}/json?a=1` })).toEqual({
    url: '/json?a=1',
    method: 'GET',
    body: '',
  })
  expect(await fetchLocal({ url: `${server.url}/json`, body: '{"a":"ä"}' })).toEqual({
    url: '/json',
    method: 'POST',
    body: '{"a":"ä"}',
  })
})

test.each([
  ['/moved', /^localhost:\d+ answered HTTP 302\.$/],
  ['/broken', /^localhost:\d+ answered HTTP 500\.$/],
  ['/text', /^localhost:\d+ does not answer with JSON\.$/],
  ['/long', /^localhost:\d+ answered more than 1000 bytes\.$/],
  ['/endless', /^localhost:\d+ answered more than 1000 bytes\.$/],
  ['/silent', /^localhost:\d+ did not answer within 0\.4 s\.$/],
])('takes no answer of %s', async (path, message) => {
  const asked = fetchLocal({ url: server.url + path })
  await expect(asked).rejects.toMatchObject({ code: 'chain_unavailable', retry: true })
  await expect(asked).rejects.toThrow(message)
})

describe('speaks to the public internet alone', () => {
  const fetchPublic = createPublicFetch({ timeoutMs: 400 })

  test.each([
    'https://127.0.0.1',
    'https://0x7f.1',
    'https://2130706433',
    'https://169.254.169.254/latest/meta-data',
    'https://10.0.0.1:8443',
    'https://[::1]',
    'https://[::ffff:127.0.0.1]',
    'https://[fd00:ec2::254]',
    'https://localhost',
  ])('not to %s', async (url) => {
    await expect(fetchPublic({ url })).rejects.toThrow(/ is not on the public internet\.$/)
  })

  test('not without TLS, not with a password', async () => {
    const { port } = new URL(server.url)
    await expect(fetchLocal({ url: `http://localhost:${port}` })).rejects.toThrow('is not asked without TLS')
    await expect(fetchLocal({ url: `https://a:b@localhost:${port}` })).rejects.toThrow(
      'is not asked with a password',
    )
  })

  test('not where some of a name’s addresses are private, nor to whom nobody vouches for', async () => {
    const oneOfTwo = createPublicFetch({ ca: server.ca, isAllowed: (address) => address === '::1' })
    await expect(oneOfTwo({ url: server.url })).rejects.toThrow('is not on the public internet')
    const unknown = createPublicFetch({ isAllowed: () => true })
    await expect(unknown({ url: server.url })).rejects.toThrow('cannot be reached')
  })

  test('not over a connection that ended elsewhere than it was looked up for', async () => {
    let looks = 0
    // The name's look-up is fine, what the socket is connected to is not.
    const changing = createPublicFetch({ ca: server.ca, isAllowed: () => looks++ === 0 })
    await expect(changing({ url: server.url })).rejects.toThrow('is not on the public internet')
  })
})
