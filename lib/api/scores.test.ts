import { type Address, getAddress, parseEther } from 'viem'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createIngest } from '../ingest/ingest'
import { createPublicFetch } from '../platform/fetch-public'
import { startWebServer, type WebServer } from '../platform/web-server.suite'
import { delegate, placeRegistries } from '../strategies/examples.suite'
import { mockTokenAbi, mockTokenBytecode } from '../testing/abi/mock-token'
import { accounts } from '../testing/accounts'
import { startTestChain, type TestChain } from '../testing/chain'
import { createTestContext, type TestContext } from '../testing/context'
import { type RpcServer, startRpcServer } from '../testing/rpc-server'
import type { Api } from './api-env'
import { createApi } from './app'

const { Ada, Ben, Chloe, Dan } = accounts
const NETWORK = '31337'

let chain: TestChain
/** Stands before `chain` and counts what is asked. */
let watched: RpcServer
let scorer: WebServer
let ctx: TestContext
let api: Api
let token: Address
let block: number

beforeAll(async () => {
  chain = await startTestChain()
  await placeRegistries({ chain })
  token = await chain.deploy(mockTokenAbi, mockTokenBytecode, [18])
  for (const [holder, amount] of [
    [Ada, '50'],
    [Ben, '0.1'],
  ] as const) {
    const args = [holder.address, parseEther(amount)] as const
    const mint = { address: token, abi: mockTokenAbi, functionName: 'mint', args } as const
    await chain.confirm(chain.wallet('Hugo').writeContract(mint))
  }
  await delegate({ chain }, 'Ada', 'Chloe', 'dao')
  block = Number(await chain.client.getBlockNumber())
  await chain.mine(5)
  scorer = await startWebServer(answerScorer)
  watched = await startRpcServer(chain.rpcUrl, (_request, _response, upstream) => upstream())
  ctx = await createTestContext({ rpcUrls: { [NETWORK]: watched.url } })
  const passport = {
    url: `${scorer.url}/v2/stamps/335`,
    fetch: createPublicFetch({ ca: scorer.ca, isAllowed: () => true, headers: { 'x-api-key': 'secret' } }),
  }
  const full = { ...ctx, passport }
  api = createApi(full, createIngest(full))
}, 30_000)
afterAll(async () => {
  await watched?.stop()
  await scorer?.stop()
  await ctx?.close()
  await chain?.stop()
})

/** A scorer of passports: Ada has one, with a stamp that was issued in 2020 and one that expired then. */
const answerScorer: Parameters<typeof startWebServer>[0] = ({ url = '', headers }, response) => {
  const credential = (provider: string, issuanceDate: string, expirationDate: string) => ({
    credential: { issuanceDate, expirationDate, credentialSubject: { provider } },
  })
  const isAda = url.endsWith(Ada.address)
  if (headers['x-api-key'] !== 'secret') response.writeHead(401).end('{}')
  else if (url === '/v2/stamps/metadata') {
    const kind = (id: string, ...names: string[]) => ({
      id,
      groups: [{ stamps: names.map((name) => ({ name })) }],
    })
    response.end(JSON.stringify([kind('Github', 'github#1', 'github#2'), kind('Google', 'Google')]))
  } else if (url.startsWith('/v2/stamps/335/score/')) {
    response.end(JSON.stringify({ address: '', score: isAda ? '33.538' : null, error: null }))
  } else {
    const items = [
      credential('github#2', '2020-01-01T00:00:00Z', '2099-01-01T00:00:00Z'),
      credential('Google', '2020-01-01T00:00:00Z', '2020-02-01T00:00:00Z'),
    ]
    response.end(JSON.stringify({ items: isAda ? items : [] }))
  }
}

async function post(path: string, body: unknown): Promise<{ status: number; body: unknown }> {
  const response = await api.request(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
  return { status: response.status, body: await response.json() }
}

const balanceOf = (address = token) => ({ name: 'erc20-balance-of', params: { address, decimals: 18 } })
const ticket = { name: 'ticket', network: NETWORK, params: {} }

const vp = (params: object = {}, rest: object = {}) =>
  post('/', {
    ...{ jsonrpc: '2.0', method: 'get_vp' },
    params: {
      ...{ address: Ada.address, network: NETWORK, strategies: [balanceOf(), ticket] },
      ...{ snapshot: block, space: 'dao.eth', delegation: true, ...params },
    },
    ...rest,
  })
const scores = (params: object = {}) =>
  post('/api/scores', {
    params: {
      ...{ space: 'dao.eth', network: NETWORK, snapshot: block, strategies: [balanceOf(), ticket] },
      ...{ addresses: [Ada.address], ...params },
    },
  })
const validation = (params: object = {}) =>
  post('/', {
    ...{ jsonrpc: '2.0', method: 'validate' },
    params: {
      author: Ada.address,
      space: 'dao.eth',
      network: NETWORK,
      snapshot: block,
      params: {},
      ...params,
    },
  })
const refused = (code: number, data: unknown, id: unknown = null) => ({
  status: code,
  body: { jsonrpc: '2.0', error: { code, message: 'unauthorized', data }, id },
})
const answered = (result: unknown, id: unknown = null) => ({
  status: 200,
  body: { jsonrpc: '2.0', result, id, cache: false },
})

describe('get_vp', () => {
  test('gives power at a block, in whole votes as doubles', async () => {
    const result = { vp: 51, vp_by_strategy: [50, 1], vp_state: 'final' }
    expect(await vp()).toEqual(answered(result))
    expect(await vp({}, { id: 'x' })).toEqual(answered(result, 'x'))
    expect(await vp({ address: Ben.address.toLowerCase(), strategies: [balanceOf()] })).toEqual(
      answered({ vp: 0.1, vp_by_strategy: [0.1], vp_state: 'final' }),
    )
  })

  test.each([
    ['the newest', 'latest'],
    ['one that is still to come', 99_999_999],
    ['no number', '5'],
  ])('the newest block for %s', async (_, snapshot) => {
    expect(await vp({ snapshot, strategies: [ticket] })).toEqual(
      answered({ vp: 1, vp_by_strategy: [1], vp_state: 'pending' }),
    )
  })

  test('counts where the parameters say that it counts', async () => {
    const within = (params: object) => ({ ...ticket, params })
    const strategies = [
      within({ start: block + 1 }),
      within({ end: block - 1 }),
      within({ start: 1, end: block }),
    ]
    expect(await vp({ strategies })).toMatchObject({ body: { result: { vp_by_strategy: [0, 0, 1] } } })
  })
})

describe('scores', () => {
  test('give what each strategy says of each, under checksummed keys, where it is more than nothing', async () => {
    const addresses = [Ada.address.toLowerCase(), Ben.address, Dan.address, `0x${'01'.repeat(32)}`]
    expect(await scores({ addresses })).toEqual(
      answered({
        state: 'final',
        scores: [
          { [Ada.address]: 50, [Ben.address]: 0.1 },
          { [Ada.address]: 1, [Ben.address]: 1, [Dan.address]: 1 },
        ],
      }),
    )
    expect(await scores({ snapshot: 'latest', addresses: [] })).toEqual(
      answered({ state: 'pending', scores: [{}, {}] }),
    )
  })

  test('take everybody who is named for a voter', async () => {
    const delegation = { name: 'delegation', params: { delegationSpace: 'dao', strategies: [balanceOf()] } }
    const strategies = [delegation]
    expect(await scores({ strategies, addresses: [Chloe.address] })).toMatchObject({
      body: { result: { scores: [{ [Chloe.address]: 50 }] } },
    })
    expect(await scores({ strategies, addresses: [Chloe.address, Ada.address] })).toMatchObject({
      body: { result: { scores: [{}] } },
    })
  })

  test('of two who ask the same at once, one is worked for; nothing is kept', async () => {
    const before = watched.asked.length
    await scores()
    const once = watched.asked.length - before
    const both = await Promise.all([scores(), scores()])
    expect(both.map(({ body }) => (body as { cache: boolean }).cache).sort()).toEqual([false, true])
    expect(watched.asked.length - before - once).toBe(once)
    expect(await ctx.db.prisma.powerAnswer.count()).toBe(0)
  })
})

test('many who are asked about at once wait for each other', async () => {
  const answers = await Promise.all(many(25).map((address) => vp({ address, strategies: [ticket] })))
  expect(answers).toEqual(Array(25).fill(answered({ vp: 1, vp_by_strategy: [1], vp_state: 'final' })))
})

const many = (count: number) =>
  Array.from({ length: count }, (_, i) => getAddress(`0x${(i + 1).toString(16).padStart(40, '0')}`))

const sumOf = (strategies: readonly object[]) => ({ name: 'multichain', params: { strategies } })
/** Of more than 100,000 characters. */
const whitelist = { name: 'whitelist', params: { addresses: many(2_500) } }

describe('what is refused, in Snapshot’s words', () => {
  test.each<[name: string, ask: () => Promise<unknown>, code: number, data: string]>([
    ['no method', () => vp({}, { method: 'get_all' }), 400, 'wrong method'],
    ['a method that every object has', () => vp({}, { method: 'constructor' }), 400, 'wrong method'],
    ['a method that is no name', () => vp({}, { method: { toString: 1 } }), 400, 'wrong method'],
    ['no address', () => vp({ address: undefined }), 400, 'invalid address'],
    ['an address that is none', () => vp({ address: 'ada.eth' }), 400, 'invalid address'],
    ['the address of nobody', () => vp({ address: `0x${'0'.repeat(40)}` }), 400, 'invalid address'],
    [
      'a wrong checksum',
      () => scores({ addresses: [`0xA${Ada.address.slice(3).toLowerCase()}`] }),
      400,
      'invalid address',
    ],
    ['nobody to validate', () => validation({ author: '' }), 400, 'invalid address'],
    ['no strategy', () => vp({ strategies: [] }), 400, 'invalid strategies length'],
    [
      'eleven strategies',
      () => scores({ strategies: Array(11).fill(ticket) }),
      400,
      'invalid strategies length',
    ],
    [
      'strategies that take long to read',
      () => vp({ strategies: [whitelist] }),
      400,
      'invalid strategies length: at most 100000 characters',
    ],
    [
      'a condition that takes long to read',
      () => validation({ validation: 'basic', params: { minScore: 1, strategies: [whitelist] } }),
      400,
      'invalid params length: at most 100000 characters',
    ],
    [
      'more than 32 strategies, nested ones too',
      () => vp({ strategies: Array(4).fill(sumOf(Array(8).fill(ticket))) }),
      400,
      'invalid strategies length: at most 32, nested ones too',
    ],
    [
      'strategies that there are not',
      () => vp({ strategies: [{ name: 'a' }, ticket, { name: 'b' }] }),
      400,
      'invalid strategies: a,b',
    ],
    ['a network that is not read', () => vp({ network: '5' }), 500, 'network 5 is not served here'],
    [
      'wrong parameters',
      () => vp({ strategies: [{ name: 'erc20-votes', params: {} }] }),
      500,
      "strategy 'erc20-votes' has wrong params: address: Invalid input: expected string, received undefined",
    ],
    [
      'a strategy that asks other servers',
      () => vp({ strategies: [{ name: 'api-post', params: { api: 'https://example.org' } }] }),
      500,
      "strategy 'api-post' asks other servers, which is not allowed here",
    ],
    [
      'too many addresses',
      () => scores({ strategies: [ticket], addresses: many(10_001) }),
      400,
      'invalid addresses length: at most 10000',
    ],
    ['no validation of that name', () => validation({ validation: 'arbitrum' }), 500, 'Validation not found'],
  ])('%s', async (_, ask, code, data) => {
    expect(await ask()).toEqual(refused(code, data))
  })

  test.each([1_000, 5_000, 50_000])('what is nested %i times', async (levels) => {
    const nested = `${'['.repeat(levels)}${']'.repeat(levels)}`
    const question = (method: string, params: string) =>
      `{"jsonrpc":"2.0","method":"${method}","params":{"address":"${Ada.address}","author":"${Ada.address}",${params}}}`
    for (const [path, body] of [
      ['/', question('get_vp', `"strategies":${nested}`)],
      ['/', question('get_vp', `"strategies":[{"name":"ticket","params":{"x":${nested}}}]`)],
      ['/', question('validate', `"validation":"basic","params":{"x":${nested}}`)],
      ['/api/scores', question('get_scores', `"strategies":${nested}`)],
    ] as const) {
      expect(await post(path, body)).toEqual(refused(400, 'invalid params: nested more than 128 times'))
    }
    expect(
      await post('/', `{"address":"${Ada.address}","sig":"0x","data":{"message":${nested}}}`),
    ).toMatchObject({
      status: 400,
    })
  })

  test('a contract that does not answer is named', async () => {
    expect(await vp({ strategies: [balanceOf(Dan.address)] })).toMatchObject({
      status: 500,
      body: { error: { code: 500, data: expect.stringContaining(Dan.address) } },
    })
  })

  test('too much at once: each address may be a read by each strategy, nested ones too', async () => {
    const addresses = many(3_200)
    const strategies = Array(2).fill(sumOf([sumOf(Array(7).fill(ticket)), ...Array(7).fill(ticket)]))
    expect(await scores({ strategies, addresses: addresses.slice(0, 10) })).toMatchObject({ status: 200 })
    expect(await scores({ strategies, addresses })).toEqual(
      refused(400, 'invalid strategies length: too much for so many addresses'),
    )
  })

  test('more than two parts that ask other servers', async () => {
    const full = { ...ctx, fetchPublic: createPublicFetch() }
    const own = createApi(full, createIngest(full))
    const web = { name: 'api-post', params: { api: 'https://example.org' } }
    const params = { address: Ada.address, network: NETWORK, strategies: [web, sumOf([web, web])] }
    const body = JSON.stringify({ jsonrpc: '2.0', method: 'get_vp', params })
    const answer = await own.request('/', { method: 'POST', body })
    expect(await answer.json()).toMatchObject({
      error: { code: 400, data: 'invalid strategies length: at most 2 that ask other servers' },
    })
  })

  test('a body that is no JSON, or too long', async () => {
    expect(await post('/api/scores', '{')).toMatchObject({ status: 400 })
    expect(await post('/api/scores', `"${'a'.repeat(1_000_001)}"`)).toMatchObject({ status: 400 })
  })

  test('more than a third of the usual requests', async () => {
    const strict = ctx.another({ variables: { COMITIA_RATE_LIMIT: '6' } })
    const own = createApi(strict, createIngest(strict))
    const ask = () =>
      own.request('/', {
        method: 'POST',
        body: JSON.stringify({ jsonrpc: '2.0', method: 'validate', params: { author: Ada.address } }),
      })
    const answers = [await ask(), await ask(), await ask()]
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 429])
    expect(await answers[2]?.json()).toEqual({
      jsonrpc: '2.0',
      error: { code: 429, message: 'unauthorized', data: expect.stringMatching(/^too many requests/) },
      id: null,
    })
  })
})

test('a body at the root that asks no question is an envelope', async () => {
  for (const body of [{ method: 'get_vp' }, { jsonrpc: '2.0' }, [], 'x']) {
    expect(await post('/', JSON.stringify(body))).toEqual({
      status: 400,
      body: { error: 'client_error', error_description: 'wrong envelope format' },
    })
  }
})

describe('validate', () => {
  const passport = (params: object, author: Address = Ada.address) =>
    validation({ validation: 'passport-gated', author, params })
  const basic = (minScore: number, author: Address = Ada.address) =>
    validation({ validation: 'basic', author, params: { minScore, strategies: [balanceOf()] } })

  test.each<[name: string, ask: () => Promise<unknown>, result: boolean]>([
    ['nothing asked', () => validation({ validation: '' }), true],
    ['anybody', () => validation({ validation: 'any' }), true],
    ['enough power', () => basic(50), true],
    ['not enough power', () => basic(50.1), false],
    ['no least power', () => basic(0, Dan.address), true],
    ['a score', () => passport({ scoreThreshold: 33.5 }), true],
    ['a score that is too low', () => passport({ scoreThreshold: 34 }), false],
    ['no passport', () => passport({ scoreThreshold: 1 }, Ben.address), false],
    ['one of two stamps', () => passport({ stamps: ['Github', 'Google'], operator: 'OR' }), true],
    [
      'both stamps, of which one expired',
      () => passport({ stamps: ['Github', 'Google'], operator: 'AND' }),
      false,
    ],
    ['no stamp', () => passport({ stamps: ['Github'], operator: 'OR' }, Ben.address), false],
    [
      'a stamp and a score',
      () => passport({ stamps: ['Github'], operator: 'AND', scoreThreshold: 34 }),
      false,
    ],
  ])('%s', async (_, ask, result) => {
    expect(await ask()).toEqual(answered(result))
  })

  test('says what is wrong', async () => {
    expect(await passport({ stamps: ['Github'] })).toEqual(
      refused(
        500,
        "validation 'passport-gated' has wrong params: operator: Say whether all stamps are needed (AND) or one of them (OR).",
      ),
    )
    expect(await passport({ scoreTreshold: 20 })).toEqual(
      refused(500, `validation 'passport-gated' has wrong params: Unrecognized key: "scoreTreshold"`),
    )
    expect(await passport({ stamps: ['Poap'], operator: 'OR' })).toEqual(
      refused(500, 'The scorer of passports knows no stamp Poap.'),
    )
    const without = createApi(ctx, createIngest(ctx))
    const params = { author: Ada.address, network: NETWORK, params: { scoreThreshold: 20 } }
    const asked = { ...params, validation: 'passport-gated' }
    const body = JSON.stringify({ jsonrpc: '2.0', method: 'validate', params: asked })
    const answer = await without.request('/', { method: 'POST', body })
    expect(await answer.json()).toMatchObject({
      error: {
        code: 500,
        data: "vote validation 'passport-gated' is not available: this installation asks no scorer of passports",
      },
    })
  })
})

describe('lists', () => {
  const get = async (path: string) => (await (await api.request(path)).json()) as Record<string, never>

  test('strategies', async () => {
    const list = await get('/api/strategies')
    expect(list['erc20-votes']).toMatchObject({
      ...{ key: 'erc20-votes', name: 'Delegated token votes', author: 'comitia', version: '1.0.0' },
      schema: {
        $ref: '#/definitions/Strategy',
        definitions: { Strategy: { type: 'object', required: ['address'] } },
      },
      examples: [{ strategy: { name: 'erc20-votes', params: { symbol: 'UNI' } }, network: '1' }],
      about: expect.stringContaining('UNI'),
      ...{ supportedProtocols: ['evm'], dependOnOtherAddress: false, disabled: false },
    })
    expect(list.api).toMatchObject({ disabled: true })
    expect(list.delegation).toMatchObject({ dependOnOtherAddress: true, disabled: false })
  })

  test('validations', async () => {
    const list = await get('/api/validations')
    expect(Object.keys(list)).toEqual(['basic', 'karma-eas-attestation', 'passport-gated'])
    expect(list['karma-eas-attestation']).toMatchObject({
      key: 'karma-eas-attestation',
      schema: { definitions: { Validation: { required: ['schemaId'] } } },
      ...{ proposalValidationOnly: true, votingValidationOnly: false },
    })
  })
})
