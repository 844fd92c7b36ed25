import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterEach, expect, it } from 'vitest'
import { createFetcher } from './fetcher'

let server: Server | undefined

async function serve(answer: RequestListener): Promise<string> {
  server = createServer(answer)
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

afterEach(() => {
  server?.closeAllConnections()
  server?.close()
})

const fetcher = createFetcher(1)

it('asks again what may succeed later, and waits as long as it is told', async () => {
  let asked = 0
  const url = await serve((_, response) => {
    asked += 1
    if (asked === 1) response.writeHead(500).end()
    else if (asked === 2) response.socket?.destroy()
    else if (asked === 3) response.writeHead(429, { 'retry-after': '1' }).end()
    else if (asked === 4) {
      response.writeHead(200, { 'content-length': 10 })
      response.write('at', () => response.destroy())
    } else response.end('at last it')
  })
  const before = performance.now()
  expect(Buffer.from((await fetcher.read(url, 20))?.body ?? []).toString()).toBe('at last it')
  expect(performance.now() - before).toBeGreaterThan(990)
  expect(asked).toBe(5)
})

it('gives up in the end', async () => {
  let asked = 0
  const url = await serve((_, response) => {
    asked += 1
    response.writeHead(502).end()
  })
  await expect(fetcher.read(url, 20)).rejects.toThrow('answers 502')
  expect(asked).toBe(4)
})

it('takes no more than it wants, compressed or without an end', async () => {
  const url = await serve(({ url: path }, response) => {
    if (path === '/bomb') {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(1_000_000)))
      return
    }
    const send = () => response.write(Buffer.alloc(10_000), () => !response.destroyed && send())
    send()
  })
  await expect(fetcher.read(`${url}/bomb`, 5000)).rejects.toThrow('more than 5000 bytes')
  await expect(fetcher.read(`${url}/endless`, 5000)).rejects.toThrow('more than 5000 bytes')
})

it('follows to the same host, and nowhere else', async () => {
  const url = await serve(({ url: path }, response) => {
    const goTo = (location: string) => response.writeHead(302, { location }).end('x')
    if (path === '/here') goTo('/there')
    else if (path === '/there') response.end('found')
    else if (path === '/round') goTo('/round')
    else if (path === '/away') goTo('http://169.254.169.254/latest/meta-data')
    else if (path === '/file') goTo('file:///etc/passwd')
    else response.writeHead(404).end()
  })
  expect(Buffer.from((await fetcher.read(`${url}/here`, 20))?.body ?? []).toString()).toBe('found')
  expect(await fetcher.read(`${url}/nothing`, 20)).toBeUndefined()
  await expect(fetcher.read(`${url}/round`, 20)).rejects.toThrow('in circles')
  await expect(fetcher.read(`${url}/away`, 20)).rejects.toThrow('another host: 169.254.169.254')
  await expect(fetcher.read(`${url}/file`, 20)).rejects.toThrow('another host')
})

it('gives up a stream that never ends for lack of bytes', async () => {
  const url = await serve((_, response) => {
    const timer = setInterval(() => response.write('x'), 10)
    response.on('close', () => clearInterval(timer))
  })
  const read = async () => {
    for await (const _ of (await createFetcher(1, 200).stream(url)) ?? []) {
      // Only how it ends matters.
    }
  }
  await expect(read()).rejects.toThrow('is too slow')
})

it('does not count the time in which the reader was busy', async () => {
  const url = await serve((_, response) => {
    response.write('one')
    setTimeout(() => response.end('two'), 50)
  })
  let text = ''
  for await (const piece of (await createFetcher(1, 200).stream(url)) ?? []) {
    text += Buffer.from(piece)
    await new Promise((resolve) => setTimeout(resolve, 300))
  }
  expect(text).toBe('onetwo')
})

it('says when a stream breaks off', async () => {
  const url = await serve((_, response) => {
    response.writeHead(200, { 'content-length': 100 }).write('half')
    setTimeout(() => response.destroy(), 20)
  })
  const read = async () => {
    for await (const _ of (await fetcher.stream(url)) ?? []) {
      // Only how it ends matters.
    }
  }
  await expect(read()).rejects.toThrow('breaks off')
})
