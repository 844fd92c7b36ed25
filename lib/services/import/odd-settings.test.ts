import { afterAll, beforeAll, expect, it, test } from 'vitest'
import { createApi } from '../../api/app'
import { createIngest, type Ingest } from '../../ingest/ingest'
import { accounts } from '../../testing/accounts'
import { createTestContext, type TestContext } from '../../testing/context'
import { fixedClock } from '../../testing/fixed-clock'
import { type HubServer, spaceRow, startHubServer } from '../remote-hub/hub-server.suite'
import { openHub } from '../remote-hub/remote-hub'
import { createTransport, type Transport } from '../remote-hub/transport'
import { getSpace } from '../space/get-space'
import { fitSettings } from './fit-settings'
import { importSpace } from './import-space'

const { Ada, Ben } = accounts

let ctx: TestContext
let ingest: Ingest
let hub: HubServer
let count = 0

beforeAll(async () => {
  ctx = await createTestContext({ clock: fixedClock(1_800_000_000) })
  ingest = createIngest(ctx)
  hub = await startHubServer()
})
afterAll(async () => {
  await ingest.close()
  await hub.stop()
  await ctx.close()
})

/** Copies a space of which the hub says this; no schema of its own keeps it from it. */
async function copy(said: Readonly<Record<string, unknown>>) {
  const space = `space-${++count}`
  hub.data.space = spaceRow(space)
  const honest = createTransport({ pauseMs: 1 })
  const transport: Transport = {
    ...honest,
    async post(url, question) {
      const answer = (await honest.post(url, question)) as { data?: { space?: object | null } }
      const { data } = answer
      return data?.space ? { data: { ...data, space: { ...data.space, ...said } } } : answer
    },
  }
  const report = await importSpace(ctx, { transport, hub: await openHub(hub.url, transport) }, space)
  return { space, report }
}

async function ask(query: string) {
  const response = await createApi(ctx, ingest).request('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  })
  return { status: response.status, ...((await response.json()) as { data: unknown; errors?: unknown }) }
}

const everything = `{ spaces(first: 100) {
  id name about avatar network symbol strategies { name network params } admins members moderators
  filters { minScore onlyMembers } plugins voting { delay period type quorum privacy } categories
  validation { name params } voteValidation { name params } treasuries { name address network }
  labels { id name description color } parent { id } children { id } created } }`

test.each([
  ['labels', 'a'],
  ['labels', [null]],
  ['members', 5],
  ['members', [null, 5]],
  ['moderators', { a: 1 }],
  ['treasuries', [null]],
  ['treasuries', 'x'],
  ['validation', 5],
  ['voteValidation', [1]],
  ['categories', 'x'],
  ['categories', [{}]],
  ['avatar', {}],
  ['children', [null]],
  ['children', [{ id: {} }]],
  ['created', 99_999_999_999],
  ['filters', 'x'],
  ['voting', [{}]],
  ['plugins', 7],
  ['symbol', {}],
  ['name', '\u202Eevil'],
  ['strategies', [{ name: 'ticket', network: 'x', params: 3 }]],
])('%s: %j is left out, and named', async (name, value) => {
  const { space, report } = await copy({ [name]: value })
  const what = name === 'created' ? 'it was made at' : `its ${name}`
  expect(report.problems).toEqual([{ id: space, problem: expect.stringContaining(what) }])
  expect(await ask(everything)).toMatchObject({ status: 200, data: { spaces: expect.any(Array) } })
  expect(await getSpace(ctx, space)).toMatchObject({ id: space, network: '31337' })
})

it('keeps what fits beside what does not', async () => {
  const { space } = await copy({
    admins: [Ada.address.toLowerCase(), 'nobody', Ada.address, Ben.address],
    voting: { period: 3600, quorum: 'much', delay: null },
    strategies: [{ name: 'no-such-strategy', network: '31337', params: {} }, { name: 'x'.repeat(65) }],
    labels: [{ id: 'a', name: 'A', description: null, color: '#123456' }, { id: 'b' }],
  })
  const { settings } = await getSpace(ctx, space)
  expect(settings).toMatchObject({
    admins: [Ada.address, Ben.address],
    voting: { period: 3600 },
    strategies: [{ name: 'no-such-strategy', network: '31337', params: {} }],
    labels: [{ id: 'a', name: 'A', color: '#123456' }],
  })
})

it('changes nothing of settings that are accepted here', () => {
  const settings = { name: 'Test', network: '1', strategies: [{ name: 'ticket' }], admins: [Ada.address] }
  expect(fitSettings(settings)).toEqual({ settings, problems: [] })
  expect(fitSettings({ ...settings, verified: true })).toEqual({
    settings,
    problems: ['its verified is no setting'],
  })
})
