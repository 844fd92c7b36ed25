import { type Hex, keccak256, toHex } from 'viem'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ActTransactionView, SettlementView } from '../core/views/settlement-view'
import { payment } from '../execution/module-world.suite'
import { createIngest } from '../ingest/ingest'
import { type ModuleSpace, startModuleSpace } from '../services/settlement/module-space.suite'
import { accounts } from '../testing/accounts'
import { createTestContext } from '../testing/context'
import { createApi } from './app'

let space: ModuleSpace
let api: ReturnType<typeof createApi>
beforeAll(async () => {
  space = await startModuleSpace()
  api = createApi(space.ctx, space.ingest)
}, 120_000)
afterAll(() => space?.stop())

async function ask<T>(path: string, status = 200, body?: object): Promise<T> {
  const response = await api.request(path, {
    ...(body && { method: 'POST', body: JSON.stringify(body) }),
  })
  const answer = (await response.json()) as T
  expect({ status: response.status, answer }).toEqual({ status, answer })
  return answer
}

const refusal = (error_description: string) => ({ error: 'client_error', error_description })
const pathOf = (id: Hex) => `/api/v1/proposals/${id}/settlement`
const transactionFor = (id: Hex, sender?: string, status?: number) =>
  ask<ActTransactionView>(`${pathOf(id)}/transaction${sender ? `?sender=${sender}` : ''}`, status)

test('the next transaction is there for any wallet, and does what it says', async () => {
  const id = await space.propose()
  const found = await transactionFor(id, accounts.Eve.address.toLowerCase())
  expect(found).toMatchObject({
    ...{ act: 'register', chainId: 31337, to: space.module, value: '0', sender: null },
  })
  const { to, value, data } = await transactionFor(id)
  await space.chain.confirm(space.chain.wallet('Eve').sendTransaction({ to, value: BigInt(value), data }))
  const view = await ask<SettlementView>(`${pathOf(id)}/refresh`, 200, {})
  expect(view).toMatchObject({ state: 'waiting', module: { state: 'voting', keeper: null } })
  // Nobody here does it unasked.
  expect(view.next?.isAutomatic ?? false).toBe(false)
  const nothing = await transactionFor(id, accounts.Eve.address, 409)
  expect(nothing).toMatchObject({ error_description: expect.stringContaining('nothing to send') })
})

test('only the operator gets the transaction that only the operator may send', async () => {
  const id = await space.propose()
  await space.settleUntil(space.keeping(), id, async () => (await space.stateOf(id)) === 'waiting')
  await space.vote(id)
  await space.close(id)
  const { operator } = space.config
  expect(await transactionFor(id, operator)).toMatchObject({ act: 'commit', sender: operator })
  expect(await transactionFor(id, accounts.Eve.address, 409)).toMatchObject({
    error_description: expect.stringContaining(`Only the operator ${operator}`),
  })
})

test('a tally that is asked for is asked for once', async () => {
  const open = await space.propose({ calls: [payment(77n)] })
  const demand = (id: Hex, status = 200) => ask<SettlementView>(`${pathOf(id)}/demand`, status, {})
  expect(await demand(open, 409)).toEqual(refusal('The vote has no result yet.'))
  await space.settleUntil(space.keeping(), open, async () => (await space.stateOf(open)) === 'waiting')
  await space.vote(open, [2, 2])
  await space.close(open)
  const first = await demand(open)
  expect(first).toMatchObject({ module: { isDemanded: true } })
  expect(await demand(open)).toMatchObject({ module: { isDemanded: true } })
})

test('what no module settles has nothing to send and nothing to ask for', async () => {
  const unknown = `0x${'12'.repeat(32)}` as const
  await transactionFor(unknown, undefined, 404)
  await ask(`${pathOf(unknown)}/demand`, 404, {})
  await transactionFor(unknown, '0x12', 400)
})

test('a reason is published under its keccak, twice is once', async () => {
  const text = 'Too dear: ü 🏛'
  const hash = keccak256(toHex(text))
  for (let times = 0; times < 2; times++)
    expect(await ask('/api/v1/reasons', 200, { text })).toEqual({ hash })
  expect(await space.ctx.db.prisma.reason.findMany()).toMatchObject([{ hash, text }])
  for (const [wrong, said] of [
    ['', 'text: is empty'],
    ['a'.repeat(2_001), 'text: must be at most 2000 characters'],
    ['a\0', 'text: has a character that is no text: NUL, or half of a surrogate pair'],
    ['\ud800', 'text: has a character that is no text: NUL, or half of a surrogate pair'],
  ]) {
    expect(await ask('/api/v1/reasons', 400, { text: wrong })).toEqual(refusal(said ?? ''))
  }
})

test('texts that are kept for ever are limited more than requests', async () => {
  const ctx = await createTestContext({ variables: { COMITIA_RATE_LIMIT: '20' } })
  const limited = createApi(ctx, createIngest(ctx))
  const statuses: number[] = []
  for (const text of ['a', 'b', 'c']) {
    const response = await limited.request('/api/v1/reasons', {
      method: 'POST',
      body: JSON.stringify({ text }),
    })
    statuses.push(response.status)
  }
  expect(statuses).toEqual([200, 200, 429])
  await ctx.close()
})

test.each([
  ['GET', 'transaction'],
  ['POST', 'demand'],
])(
  'what reads a chain for everybody or makes a keeper pay is limited more too: %s %s',
  async (method, what) => {
    const ctx = await createTestContext({ variables: { COMITIA_RATE_LIMIT: '20' } })
    const limited = createApi(ctx, createIngest(ctx))
    const path = `/api/v1/proposals/0x${'00'.repeat(32)}/settlement/${what}`
    const statuses: number[] = []
    for (let times = 0; times < 3; times++) statuses.push((await limited.request(path, { method })).status)
    expect(statuses).toEqual([404, 404, 429])
    await ctx.close()
  },
)
