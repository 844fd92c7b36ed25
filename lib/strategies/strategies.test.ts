import { getAddress, parseUnits, toHex } from 'viem'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type BlockRef, fetchBlock } from '../chain/blocks'
import { createChains } from '../chain/chains'
import { createPublicFetch } from '../platform/fetch-public'
import { startWebServer } from '../platform/web-server.suite'
import { accounts } from '../testing/accounts'
import { startTestChain } from '../testing/chain'
import {
  answerScores,
  type Example,
  examples,
  nobody,
  placeMulticall,
  placeRegistries,
  type World,
} from './examples.suite'
import { getStrategy, type StrategyId, strategies } from './registry'
import { demandsOf, type Sources } from './strategy'

const { Ada, Ben } = accounts

let world: World
let sources: Sources
/** Everything is set up before it and disturbed after it. */
let block: BlockRef
const given = new Map<StrategyId, object>()

beforeAll(async () => {
  const server = await startWebServer(({ url = '' }, response, body) => {
    const said = /^\/say\?(.*)$/.exec(url)?.[1]
    response.end(said === undefined ? JSON.stringify(answerScores(url, body)) : decodeURIComponent(said))
  })
  const chain = await startTestChain()
  world = { chain, server }
  sources = {
    chains: createChains({ urls: { 31337: [chain.rpcUrl] } }),
    fetchPublic: createPublicFetch({ ca: server.ca, isAllowed: () => true }),
  }
  await placeRegistries(world)
  await placeMulticall(world)
  const all = Object.entries(examples) as [StrategyId, Example][]
  for (const [id, { setUp }] of all) given.set(id, await setUp(world))
  block = await fetchBlock(sources.chains, 31337, 'latest')
  for (const [id, { disturb }] of all) await disturb?.(world, given.get(id) ?? {})
  await chain.mine(2)
}, 60_000)
afterAll(() => Promise.all([world.chain.stop(), world.server.stop()]))

test('ids are unique per version, and the registry finds each', () => {
  const names = strategies.map((strategy) => `${strategy.id}@${strategy.version}`)
  expect(new Set(names).size).toBe(names.length)
  for (const strategy of strategies) {
    expect(getStrategy(strategy.id, strategy.version)).toBe(strategy)
    expect(getStrategy(strategy.id).version).toBeGreaterThanOrEqual(strategy.version)
  }
  expect(() => getStrategy('poap')).toThrow('There is no strategy poap.')
  expect(() => getStrategy('ticket', 9)).toThrow('There is no strategy ticket@9.')
})

describe.each(strategies.map((strategy) => [strategy.id, strategy] as const))('%s', (id, strategy) => {
  const { expected, readsChain, breakContract } = examples[id]
  const voters = [...expected.keys()]
  const paramsOf = (raw: unknown) => strategy.paramsSchema.parse(raw)
  let params: unknown

  beforeAll(() => {
    params = paramsOf(given.get(id))
  })

  test('takes its own example', () => {
    expect(strategy.paramsSchema.safeParse(strategy.example).error).toBe(undefined)
  })

  test('gives the power of the block, whatever happened since', async () => {
    expect(await strategy.measure(sources, { voters, block, params })).toEqual(expected)
  })

  test('gives the same answer twice, and to anyone asked alone or in another order', async () => {
    const backwards = await strategy.measure(sources, { voters: voters.toReversed(), block, params })
    for (const voter of voters) {
      const alone = await strategy.measure(sources, { voters: [voter], block, params })
      expect(alone).toEqual(new Map([[voter, backwards.get(voter)]]))
    }
  })

  test('answers each of 1,200 voters, none below zero', async () => {
    const many = [...strangers.slice(0, 700), ...voters, ...strangers.slice(700)]
    const powers = await strategy.measure(sources, { voters: many, block, params })
    expect([...powers.keys()].sort()).toEqual([...many].sort())
    for (const power of powers.values()) expect(power >= 0n).toBe(true)
    for (const voter of voters) expect(powers.get(voter)).toBe(expected.get(voter))
    if (readsChain) for (const stranger of strangers) expect(powers.get(stranger)).toBe(0n)
  })

  test('nobody asked, nobody answered', async () => {
    expect(await strategy.measure(sources, { voters: [], block, params })).toEqual(new Map())
  })

  test('a chain that is down is no power of zero', async () => {
    const down = { ...sources, chains: createChains({ urls: { 31337: ['http://127.0.0.1:9'] } }) }
    const measured = strategy.measure(down, { voters, block, params })
    if (readsChain) await expect(measured).rejects.toMatchObject({ code: 'chain_unavailable', retry: true })
    else expect(await measured).toEqual(expected)
  })

  test('a contract that cannot answer is named, with the voters that miss it', async ({ skip }) => {
    if (!readsChain || id === 'eth-balance') skip('asks no contract')
    const raw = given.get(id) ?? {}
    const wrong = paramsOf(breakContract?.(raw) ?? { ...raw, address: nobody })
    const measured = strategy.measure(sources, { voters, block, params: wrong })
    await expect(measured).rejects.toMatchObject({ code: 'invalid', retry: false })
    await expect(measured).rejects.toThrow(nobody)
    const { details } = await measured.catch((error) => error)
    expect(details.final).toBe(false)
    // Whoever is not named can be answered.
    const others = voters.filter((voter) => !details.unreadable.includes(voter))
    expect(others.length).toBeLessThan(voters.length)
    const rest = await strategy.measure(sources, { voters: others, block, params: wrong })
    expect([...rest.keys()]).toEqual(others)
  })

  test('speaks of itself in words', () => {
    expect(strategy.describe(params).length).toBeGreaterThan(20)
    expect(strategy.explainZero(params).length).toBeGreaterThan(20)
  })
})

const strangers = Array.from({ length: 1_200 }, (_, i) =>
  getAddress(toHex(2n ** 80n + BigInt(i), { size: 20 })),
)

test('a balance is the same where it has to be asked for by itself', async () => {
  // Before Multicall3 came to this chain.
  const early = await fetchBlock(sources.chains, 31337, 1)
  const { measure, paramsSchema } = getStrategy('eth-balance')
  const powers = await measure(sources, {
    voters: [...strangers.slice(0, 20), Ben.address],
    block: early,
    params: paramsSchema.parse({ decimals: 0 }),
  })
  expect([...powers.values()]).toEqual([...strangers.slice(0, 20).map(() => 0n), parseUnits('10000', 18)])
})

test('other servers are not asked where the operator does not allow it', async () => {
  const { measure, paramsSchema } = getStrategy('math')
  const api = { name: 'api', params: { api: world.server.url, strategy: 'scores' } }
  const params = paramsSchema.parse({ operation: 'square-root', strategy: api })
  const request = { voters: [Ada.address], block, params }
  expect(await measure(sources, request)).toEqual(new Map([[Ada.address, 2236067977499789696n]]))
  await expect(measure({ chains: sources.chains }, request)).rejects.toMatchObject({
    code: 'invalid',
    message:
      'Strategy api: this installation does not ask other servers for voting power; its operator can allow it.',
  })
})

test.each([
  ['{}', 'does not answer with scores'],
  [`{"score":[{"address":"${nobody}","score":1.5}]}`, 'does not answer with scores'],
  [`{"score":[{"address":"${nobody}","score":1e30}]}`, 'does not answer with scores'],
  ['nonsense', 'does not answer with JSON'],
])('an answer of another server that says nothing, %s, may be another one later', async (text, message) => {
  const { measure, paramsSchema } = getStrategy('api-v2')
  const params = paramsSchema.parse({
    url: `${world.server.url}/say?${encodeURIComponent(text)}`,
    type: 'json',
  })
  const measured = measure(sources, { voters: [Ada.address], block, params })
  await expect(measured).rejects.toMatchObject({ code: 'chain_unavailable', retry: true })
  await expect(measured).rejects.toThrow(message)
})

describe('parameters', () => {
  const parse = (id: string, params: unknown) => getStrategy(id).paramsSchema.safeParse(params)

  test.each(['erc20-votes', 'erc20-balance-of'])('%s', (id) => {
    expect(parse(id, { address: Ada.address.toLowerCase(), extra: 1 }).data).toEqual({
      address: Ada.address,
      decimals: 18,
    })
    for (const bad of [{}, { address: 'dao.eth' }, { address: `${Ada.address}00` }, null, 'x']) {
      expect(parse(id, bad).success).toBe(false)
    }
    for (const decimals of [-1, 1.5, 78, '18']) {
      expect(parse(id, { address: Ada.address, decimals }).success).toBe(false)
    }
  })

  test('a list behind a URL is refused, and why', () => {
    const { error } = parse('whitelist', { addresses: [], url: 'https://example.org/list.json' })
    expect(error?.issues[0]?.message).toMatchInlineSnapshot(
      `"A list behind a URL can change after the vote has begun: give the addresses themselves."`,
    )
    expect(parse('whitelist', { url: 'https://example.org/list.json' }).success).toBe(false)
    expect(parse('whitelist', { addresses: ['dao.eth'] }).success).toBe(false)
  })

  test('a ticket is one vote unless told, 0 counts as not told', () => {
    expect(parse('ticket', {}).data).toEqual({ value: 1 })
    expect(parse('ticket', { value: 0 }).data).toEqual({ value: 1 })
    for (const value of [-1, Number.NaN, 1e21, 1e-7, '2'])
      expect(parse('ticket', { value }).success).toBe(false)
  })

  test('amounts are numbers or decimals, cut off below a unit, not below 0', () => {
    const minimum = (minBalance: unknown) => parse('balance-of-with-min', { address: nobody, minBalance })
    expect(minimum(undefined).data).toMatchObject({ minBalance: 0n })
    expect(minimum(0.1).data).toMatchObject({ minBalance: 10n ** 17n })
    expect(minimum(`0.1${'9'.repeat(30)}`).data).toMatchObject({ minBalance: 199999999999999999n })
    for (const bad of [-1, Number.NaN, 1e60, '1e3', '-1', '', '9'.repeat(61), null]) {
      expect(minimum(bad).success).toBe(false)
    }
  })

  test('a weighted list names addresses, the last spelling counts', () => {
    const list = (addresses: unknown) => parse('whitelist-weighted', { addresses })
    expect(list({ [Ada.address.toLowerCase()]: 1, [Ada.address]: 2 }).data).toEqual({
      addresses: new Map([[Ada.address, parseUnits('2', 18)]]),
    })
    expect(list({ 'dao.eth': 1 }).error?.issues[0]?.message).toBe('An entry of the list is not an address.')
    for (const bad of [undefined, [], { [Ada.address]: -1 }, { [Ada.address]: true }]) {
      expect(list(bad).success).toBe(false)
    }
  })

  test('a kind of token is a number of 256 bits', () => {
    const kind = (tokenId: unknown) => parse('erc1155-balance-of', { address: nobody, tokenId }).data
    expect(kind(7)).toMatchObject({ tokenId: 7n, decimals: 18 })
    expect(kind(String(2n ** 256n - 1n))).toMatchObject({ tokenId: 2n ** 256n - 1n })
    expect(kind('0xff')).toMatchObject({ tokenId: 255n })
    for (const bad of [undefined, -1, 1.5, '', 'x', String(2n ** 256n), 2 ** 60])
      expect(kind(bad)).toBe(undefined)
  })

  test('a contract call is checked before it is made', () => {
    const input = (type: string) => ({ name: '', type })
    const call = (more: object, inputs = ['address'], outputs = ['uint256']) =>
      parse('contract-call', {
        address: nobody,
        methodABI: { name: 'power', inputs: inputs.map(input), outputs: outputs.map(input) },
        ...more,
      })
    const problem = (...args: Parameters<typeof call>) => call(...args).error?.issues[0]?.message
    expect(call({}).data).toMatchObject({ args: ['%{address}'], output: 0, decimals: 18 })
    expect(call({ args: [1, '0x1', ['2'], true] }, ['uint8', 'int', 'uint[]', 'bool']).success).toBe(true)
    expect(call({ output: '1' }, ['address'], ['bool', 'uint']).data).toMatchObject({ output: 1 })
    const unfit = 'The arguments do not fit the method power.'
    expect(problem({ args: [] })).toBe(unfit)
    expect(problem({ args: ['dao.eth'] })).toBe(unfit)
    expect(problem({ args: [256] }, ['uint8'])).toBe(unfit)
    expect(problem({ args: [2 ** 60] }, ['uint256'])).toBe(unfit)
    expect(problem({ args: ['yes'] }, ['bool'])).toBe(unfit)
    expect(problem({ args: [['%{address}']] }, ['address[]'])).toBe(unfit)
    const lengthy = 'The arguments are longer than 4096 bytes together.'
    expect(problem({ args: Array(5).fill('x'.repeat(1_000)) }, Array(5).fill('string'))).toBe(lengthy)
    expect(problem({ args: ['%{address}'.repeat(90)] }, ['string'])).toBe(undefined)
    for (const large of ['x'.repeat(1_001), Array(33).fill(1), [[1]], { a: 1 }]) {
      expect(problem({ args: [large] }, ['uint256[]'])).toMatch(
        /^An argument is a text of up to 1000 characters/,
      )
    }
    expect(problem({ args: [[]] }, ['tuple'])).toBe('Only plain types and lists of them can be passed.')
    expect(problem({}, ['address'], ['uint256[1000000000]'])).toMatchInlineSnapshot(
      `"Only methods that return plain values can be called."`,
    )
    expect(problem({}, ['address'], ['bool'])).toMatchInlineSnapshot(
      `"The returned value that counts has to be a number."`,
    )
    expect(problem({}, ['address'], ['uint256', 'uint256'])).toMatchInlineSnapshot(
      `"Name the returned value that counts: the method returns several, or none of that name."`,
    )
    expect(problem({ output: 'none' })).toMatchInlineSnapshot(
      `"Name the returned value that counts: the method returns several, or none of that name."`,
    )
    expect(problem({ methodABI: { name: 'a(b)', outputs: [input('uint256')] } })).toMatchInlineSnapshot(
      `"must be the name of a method"`,
    )
  })

  test('a calculation has as many operands as its operation takes', () => {
    const one = { type: 'constant', value: 1 }
    const ticket = { name: 'ticket' }
    expect(parse('math', { operation: 'min', operands: [one, one] }).success).toBe(true)
    expect(parse('math', { operation: 'square-root', strategy: ticket }).success).toBe(true)
    for (const bad of [
      { operation: 'min', operands: [one] },
      { operation: 'square-root', operands: [one], strategy: ticket },
      { operation: 'square-root' },
      { operation: 'power', operands: [one, one] },
      { operation: 'min', operands: [one, { type: 'constant', value: -1 }] },
      { operation: 'min', operands: [one, { type: 'other' }] },
      { operation: 'min', operands: [one, { type: 'strategy' }] },
    ]) {
      expect(parse('math', bad).success).toBe(false)
    }
  })

  test('strategies are nested so deep and so many, and no further', () => {
    const ticket = { name: 'ticket', params: {} }
    const sum = (...strategies: object[]) => ({ name: 'multichain', params: { strategies } })
    const problem = (part: { params: unknown }) => parse('multichain', part.params).error?.issues[0]
    expect(problem(sum(sum(sum(ticket))))).toBe(undefined)
    expect(problem(sum(sum(sum(sum(ticket)))))).toMatchObject({
      path: ['strategies', 0, 'params', 'strategies', 0, 'params', 'strategies', 0, 'name'],
      message: "No strategy 'multichain' can stand here: there is none, or it is nested too deep.",
    })
    expect(problem(sum({ name: 'poap' }))?.message).toContain("No strategy 'poap' can stand here")
    const five = [ticket, ticket, ticket, ticket, ticket]
    expect(problem(sum(sum(...five), sum(...five)))).toBe(undefined)
    expect(problem(sum(sum(...five), sum(...five), sum(...five)))?.message).toBe(
      'At most 15 strategies can be nested in one, at all levels together.',
    )
    expect(problem(sum(...five, ...five))?.message).toBe('At most 8 strategies can be nested side by side.')
    expect(problem(sum())?.message).toBe('Name at least one strategy.')
    expect(problem(sum({ name: 'erc721', params: { address: 'dao.eth' } }))).toMatchObject({
      path: ['strategies', 0, 'params', 'address'],
      message: 'The collection address is not an address.',
    })
    let deep: { name: string; params: object } = ticket
    for (let i = 0; i < 2_000; i++) deep = sum(deep)
    expect(problem(deep)?.message).toContain('nested too deep')
  })

  test('what a strategy takes is known from its parameters', () => {
    const demands = (id: string, params: object) =>
      demandsOf(getStrategy(id), getStrategy(id).paramsSchema.parse(params))
    const ticket = { name: 'ticket', network: '10', params: {} }
    const delegated = (name: string, more: object = {}) => ({
      ...{ name, network: 137 },
      params: { strategies: [ticket], delegationSpace: 'dao.eth', ...more },
    })
    const none = { chains: [], ballots: false, web: 0, size: 1 }
    expect(demands('ticket', {})).toEqual(none)
    const web = { name: 'api-post', params: { api: 'https://example.org' } }
    expect(demands(web.name, web.params)).toEqual({ ...none, web: 1 })
    expect(demands('multichain', { strategies: [web, ticket, web] })).toEqual({
      ...none,
      chains: [10],
      web: 2,
      size: 4,
    })
    expect(demands('multichain', { strategies: [ticket, { ...ticket, network: 10, params: {} }] })).toEqual({
      ...none,
      chains: [10],
      size: 3,
    })
    expect(
      demands('multichain', { strategies: [delegated('delegation', { delegationNetwork: 1 })] }),
    ).toEqual({
      ...none,
      chains: [137, 10, 1],
      ballots: true,
      size: 3,
    })
    expect(demands('math', { operation: 'cube-root', strategy: delegated('with-delegation') }).ballots).toBe(
      false,
    )
    expect(demands('multichain', { strategies: [delegated('split-delegation')] }).ballots).toBe(false)
    const override = { delegationOverride: true }
    expect(demands('multichain', { strategies: [delegated('split-delegation', override)] }).ballots).toBe(
      true,
    )
  })

  test('the space whose delegations count is named', () => {
    for (const id of ['delegation', 'with-delegation', 'split-delegation']) {
      const params = { strategies: [{ name: 'ticket' }] }
      expect(parse(id, { ...params, delegationSpace: 'dao.eth' }).success).toBe(true)
      expect(parse(id, params).error?.issues[0]?.message).toBe(
        'Name the space whose delegations count, as delegators write it: for Snapshot its ENS name.',
      )
    }
  })

  test('other servers are asked with TLS and without a password', () => {
    for (const url of [
      'http://example.org',
      'https://a:b@example.org',
      'file:///etc/passwd',
      'example.org',
      '',
    ]) {
      expect(parse('api', { api: url }).success).toBe(false)
      expect(parse('api-v2', { url }).success).toBe(false)
      expect(parse('api-v2', { url, type: 'ipfs' }).success).toBe(false)
      expect(parse('api-post', { api: url }).success).toBe(false)
    }
    expect(parse('api-v2', { url: 'ipfs://Qm', type: 'ipfs' }).success).toBe(true)
    expect(parse('api-v2', { url: 'https://example.org', type: 'xml' }).success).toBe(false)
  })
})
