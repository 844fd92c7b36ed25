import pino from 'pino'
import { getAddress } from 'viem'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { HexString } from '../core/views/hex-string'
import { createDatabase } from '../db/client'
import { createIngest } from '../ingest/ingest'
import { switchableWalletAbi, switchableWalletBytecode } from '../testing/abi/switchable-wallet'
import { accounts } from '../testing/accounts'
import { type SignedEnvelope, signProposal, signSettings, signVote } from '../testing/factories'
import { createTestWorld, type TestWorld } from '../testing/world'
import type { Api } from './api-env'
import { createApi } from './app'

const { Ada, Ben } = accounts
let world: TestWorld
let api: Api
let proposal: HexString

beforeAll(async () => {
  world = await createTestWorld({
    variables: { COMITIA_RATE_LIMIT: '600', COMITIA_RATE_LIMIT_SIGNER: '3', COMITIA_TRUSTED_PROXIES: '1' },
  })
  api = createApi(world.ctx, world.ingest)
  await world.ingest.ingest(await signSettings(Ada, { timestamp: world.now() }))
  proposal = (await world.ingest.ingest(await signProposal(Ada, { timestamp: world.now() }))).id
  world.clock.advance(60)
})
afterAll(() => world?.close())

const newcomer = () => privateKeyToAccount(generatePrivateKey())
let second = 0
const newVote = (account = Ben, from = account.address, fields = {}) =>
  signVote(account, { from, proposal, ...fields, timestamp: world.now() - 30 + ++second })

async function post(envelope: unknown, ip = '1.1.1.1') {
  const headers = { 'x-forwarded-for': ip }
  const response = await api.request('/', { method: 'POST', headers, body: JSON.stringify(envelope) })
  const { error_description: reason } = (await response.json()) as { error_description?: string }
  return { status: response.status, reason, retryAfter: response.headers.get('retry-after') }
}

test('every answer says how many requests are left, of the limit closest to its work', async () => {
  const limits = async (path: string, init: RequestInit = {}) => {
    const { headers } = await api.request(path, { ...init, headers: { 'x-forwarded-for': '2.2.2.2' } })
    expect(headers.get('access-control-expose-headers')).toContain('ratelimit-remaining')
    return ['limit', 'remaining', 'reset'].map((name) => Number(headers.get(`ratelimit-${name}`)))
  }
  expect(await limits('/api')).toEqual([600, 599, 1])
  expect(await limits('/api/v1/spaces/nowhere')).toEqual([600, 598, 1])
  expect(await limits('/', { method: 'POST', body: '{}' })).toEqual([600, 597, 1])
  expect(await limits('/api/relayer', { method: 'POST', body: '{}' })).toEqual([60, 59, 1])
  for (let left = 58; left >= 0; left--) {
    expect(await limits('/api/relayer', { method: 'POST', body: '{}' })).toEqual([60, left, 60 - left])
  }
})

test('who has none left is told so in the form of what was asked', async () => {
  const ctx = world.ctx.another({ clock: world.clock, variables: { COMITIA_RATE_LIMIT: '1' } })
  const strict = createApi(ctx, createIngest(ctx))
  const text = 'too many requests, try again in 60 s'
  const ask = async (path: string) => (await strict.request(path, { method: 'POST', body: '{}' })).json()
  await strict.request('/api')
  expect(await ask('/')).toEqual({ error: 'client_error', error_description: text })
  expect(await ask('/api/scores')).toEqual({
    jsonrpc: '2.0',
    error: { code: 429, message: 'unauthorized', data: text },
    id: null,
  })
  const { status, headers } = await strict.request('/api')
  expect(status).toBe(429)
  expect(headers.get('ratelimit-remaining')).toBe('0')
  expect(headers.get('retry-after')).toBe('60')
})

test('a signer has a budget of his own, from wherever his messages come', async () => {
  const account = newcomer()
  for (const ip of ['1.1.1.1', '2.2.2.2', '3.3.3.3']) {
    expect(await post(await newVote(account), ip)).toMatchObject({ status: 200 })
  }
  const more = await newVote(account)
  expect(await post(more, '4.4.4.4')).toEqual({
    status: 429,
    reason: `too many messages signed by ${account.address}, try again in 20 s`,
    retryAfter: '20',
  })
  expect(await post(await newVote(newcomer()))).toMatchObject({ status: 200 })
  world.clock.advance(20)
  expect(await post(more)).toMatchObject({ status: 200 })
})

test('nobody spends another’s: not by forging his messages, nor by sending those he sent or signed in vain', async () => {
  const account = newcomer()
  const sent: SignedEnvelope[] = [await newVote(account)]
  const refused = await newVote(account, account.address, { choice: 9 })
  expect(await post(sent[0])).toMatchObject({ status: 200 })
  for (let i = 0; i < 5; i++) {
    const forged = await newVote(Ben, account.address)
    expect(await post({ ...forged, address: account.address })).toMatchObject({
      status: 400,
      reason: 'signature validation failed',
    })
    expect(await post(sent[0])).toMatchObject({ status: 400, reason: 'duplicate message' })
    expect(await post(refused, `1.1.1.${i}`)).toMatchObject({ status: 400, reason: 'invalid choice' })
  }
  for (let i = 0; i < 2; i++) expect(await post(await newVote(account))).toMatchObject({ status: 200 })
  expect(await post(await newVote(account))).toMatchObject({ status: 429 })
  // What is in the log is told so, also when nothing is left.
  expect(await post(sent[0])).toMatchObject({ status: 400, reason: 'duplicate message' })
})

test('a contract wallet has one too, which is not its owner’s', async () => {
  const account = newcomer()
  const args = [account.address] as const
  const wallet = getAddress(await world.chain.deploy(switchableWalletAbi, switchableWalletBytecode, args))
  const walletVote = async () => ({ ...(await newVote(account, wallet)), address: wallet })
  for (let i = 0; i < 3; i++) expect(await post(await walletVote())).toMatchObject({ status: 200 })
  expect(await post(await walletVote())).toMatchObject({ status: 429 })
  expect(await post(await newVote(account))).toMatchObject({ status: 200 })
})

test('without a limit there is none, and nothing is said about it', async () => {
  const ctx = world.ctx.another({ variables: { COMITIA_RATE_LIMIT: '0' } })
  const free = createApi(ctx, createIngest(ctx))
  const { headers } = await free.request('/api')
  expect([...headers.keys()].filter((name) => name.startsWith('ratelimit'))).toEqual([])
})

test('an API key, as Snapshot’s clients send it, is neither needed nor written down', async () => {
  const lines: string[] = []
  const log = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) })
  const db = createDatabase({ url: 'postgresql://nobody@127.0.0.1:1/none' })
  for (const ctx of [
    { ...world.ctx, log },
    { ...world.ctx, log, db },
  ]) {
    const keyed = createApi(ctx, createIngest(ctx))
    const headers = { 'x-api-key': 'sesame', origin: 'https://elsewhere.example' }
    const preflight = await keyed.request('/', {
      method: 'OPTIONS',
      headers: {
        ...{ origin: headers.origin, 'access-control-request-method': 'POST' },
        'access-control-request-headers': 'content-type,x-api-key',
      },
    })
    expect(preflight.headers.get('access-control-allow-headers')).toContain('x-api-key')
    expect((await keyed.request('/api?apiKey=sesame', { headers })).status).toBe(200)
    const vote = await newVote(newcomer())
    const answer = await keyed.request('/?apiKey=sesame', {
      method: 'POST',
      headers,
      body: JSON.stringify(vote),
    })
    expect(answer.status).toBe(ctx.db === db ? 503 : 200)
  }
  expect(lines.length).toBeGreaterThan(0)
  expect(lines.join()).not.toContain('sesame')
})
