import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { accounts } from '../testing/accounts'
import { signProposal, signSettings } from '../testing/factories'
import { createTestWorld, type TestWorld } from '../testing/world'
import { createApi } from './app'

const secret = 'correct horse'
let world: TestWorld
let proposal: string

beforeAll(async () => {
  const hash = createHash('sha256').update(secret).digest('hex')
  world = await createTestWorld({ variables: { COMITIA_AUTH_SECRET: hash } })
  const timestamp = world.now()
  await world.ingest.ingest(await signSettings(accounts.Ada, { timestamp }))
  proposal = (await world.ingest.ingest(await signProposal(accounts.Ada, { timestamp }))).id
})
afterAll(() => world.close())
async function ask(body: object, headers: Record<string, string> = { secret }, path = '/flag') {
  const request = { method: 'POST', headers, body: JSON.stringify(body) }
  const response = await createApi(world.ctx, world.ingest).request(path, request)
  return { status: response.status, body: await response.json() }
}
const space = () => world.ctx.db.prisma.space.findUniqueOrThrow({ where: { id: 'test' } })
const row = () => world.ctx.db.prisma.proposal.findUniqueOrThrow({ where: { id: proposal } })

test.each([
  ['flag', { flagCode: 1 }],
  ['unflag', { flagCode: 0 }],
  ['verify', { verified: true }],
  ['hibernate', { hibernated: true }],
  ['reactivate', { hibernated: false }],
])('a space: %s', async (action, change) => {
  const answer = await ask({ type: 'space', value: 'Test', action })
  expect(answer).toEqual({ status: 200, body: { success: true } })
  expect(await space()).toMatchObject(change)
})

test('a proposal is flagged, and no longer; its text and votes are what they were', async () => {
  const before = await row()
  await ask({ type: 'proposal', value: proposal, action: 'flag' })
  expect(await row()).toEqual({ ...before, flagCode: 1 })
  await ask({ type: 'proposal', value: proposal, action: 'unflag' }, { secret }, '/api/flag')
  expect(await row()).toEqual(before)
})

test('what is not there, and what there is no act for', async () => {
  const missing = await ask({ type: 'space', value: 'nowhere', action: 'flag' })
  expect(missing).toEqual({ status: 200, body: { success: false } })
  for (const act of [
    { type: 'space', value: 'test', action: 'toString' },
    { type: 'proposal', value: proposal, action: 'verify' },
    { type: 'vote', value: proposal, action: 'flag' },
  ])
    expect(await ask(act)).toMatchObject({ status: 400, body: { error: 'client_error' } })
})

test.each<[string, Record<string, string>]>([
  ['without a secret', {}],
  ['with a wrong one', { secret: 'wrong' }],
  ['with the hash', { secret: createHash('sha256').update(secret).digest('hex') }],
])('%s nobody moderates', async (_, headers) => {
  const refused = { error: 'client_error', error_description: 'Unauthorized' }
  const act = { type: 'proposal', value: proposal, action: 'flag' }
  expect(await ask(act, headers)).toEqual({ status: 401, body: refused })
  expect((await row()).flagCode).toBe(0)
})

test('where no secret is set, none is right', async () => {
  const ctx = world.ctx.another({ variables: {} })
  const request = { method: 'POST', headers: { secret: '' }, body: '{}' }
  expect((await createApi(ctx, world.ingest).request('/flag', request)).status).toBe(401)
})
