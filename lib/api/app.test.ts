import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import { expect, test } from 'vitest'
import { createDatabase } from '../db/client'
import { createIngest } from '../ingest/ingest'
import { createTestContext } from '../testing/context'
import { describeApi } from './api.suite'
import { createApi } from './app'

describeApi('the API on a node server', async (ctx) => {
  const ingest = createIngest(ctx)
  const server = createAdaptorServer({ fetch: createApi(ctx, ingest).fetch })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    request: (path, init) => fetch(`http://127.0.0.1:${port}${path}`, init),
    async close() {
      await ingest.close()
      await new Promise((resolve) => server.close(resolve))
    },
  }
})

test('one address gets so many requests a minute, another its own', async () => {
  const ctx = await createTestContext({
    variables: { COMITIA_RATE_LIMIT: '60', COMITIA_TRUSTED_PROXIES: '1' },
  })
  const api = createApi(ctx, createIngest(ctx))
  const ask = (ip: string) => api.request('/api', { headers: { 'x-forwarded-for': `6.6.6.6, ${ip}` } })
  const statuses = new Set<number>()
  for (let count = 0; count < 60; count++) statuses.add((await ask('1.1.1.1')).status)
  expect([...statuses]).toEqual([200])
  const limited = await ask('1.1.1.1')
  expect(limited.status).toBe(429)
  expect(limited.headers.get('retry-after')).toBe('1')
  expect(await limited.json()).toEqual({
    error: 'client_error',
    error_description: 'too many requests, try again in 1 s',
  })
  expect((await ask('2.2.2.2')).status).toBe(200)
  await ctx.close()
})

test('a database that is gone is 503, a mistake of ours 500 with nothing but a request id', async () => {
  const ctx = await createTestContext()
  const broken = { ...ctx, db: createDatabase({ url: 'postgresql://nobody@127.0.0.1:1/none' }) }
  const api = createApi(broken, createIngest(broken))
  const response = await api.request('/api/v1/spaces')
  expect(response.status).toBe(503)
  expect(await response.json()).toMatchObject({ error: 'server_error' })
  expect((await api.request('/api/health')).status).toBe(503)

  await ctx.db.pool.query('drop table spaces cascade')
  const mistaken = await createApi(ctx, createIngest(ctx)).request('/api/v1/spaces')
  expect(mistaken.status).toBe(500)
  const { error_description } = (await mistaken.json()) as { error_description: string }
  expect(error_description).toBe(`internal error, request ${mistaken.headers.get('x-request-id')}`)
  await ctx.close()
})
