import { afterAll, beforeAll, expect, it } from 'vitest'
import { findImport } from '../../db/import/find-import'
import { accounts } from '../../testing/accounts'
import { createTestContext, type TestContext } from '../../testing/context'
import { signKind } from '../../testing/factories'
import { fixedClock } from '../../testing/fixed-clock'
import { findAliases } from '../remote-hub/find-aliases'
import { type HubServer, messageRow, spaceRow, startHubServer } from '../remote-hub/hub-server.suite'
import { openHub } from '../remote-hub/remote-hub'
import { createTransport } from '../remote-hub/transport'
import { readCursors } from './cursors'
import { followHub } from './follow-hub'
import { importSpace } from './import-space'

const { Ada, Ben } = accounts
const now = 1_800_000_000

let ctx: TestContext
let hub: HubServer

beforeAll(async () => {
  ctx = await createTestContext({ clock: fixedClock(now) })
  hub = await startHubServer()
  hub.data.space = spaceRow('test')
})
afterAll(async () => {
  await hub.stop()
  await ctx.close()
})

async function open() {
  const transport = createTransport({ pauseMs: 1 })
  return { transport, hub: await openHub(hub.url, transport) }
}

/** Made-up rows of the feed. */
function feed(count: number, from: number, more: object = {}) {
  return Array.from({ length: count }, (_, index) => ({
    id: `0x${(from + index).toString(16).padStart(64, '0')}`,
    ...{
      mci: from + index,
      ipfs: 'x',
      address: Ada.address,
      timestamp: now,
      space: 'test',
      type: 'subscribe',
    },
    ...{ sig: '0x', ...more },
  }))
}

it('is read so far in one look, and from there in the next', async () => {
  const source = await open()
  await importSpace(ctx, source, 'test')
  let pages = 0
  hub.tamper = (list, rows) => {
    if (list !== 'messages') return rows
    pages += 1
    return feed(500, pages * 500)
  }
  const mci = async () => readCursors((await findImport(ctx.db, 'test'))?.cursors).mci
  await followHub(ctx, source, 'test').catch(() => undefined)
  expect(pages).toBeLessThan(30)
  hub.tamper = undefined
  hub.data.messages = feed(11_000, 1)
  for (const reached of [10_000, 11_000]) {
    await ctx.db.query(`update imports set cursors = cursors || '{"mci": 0}' where $1`, [reached === 10_000])
    await followHub(ctx, source, 'test')
    expect(await mci()).toBe(reached)
  }
  hub.data.messages = []
})

it('is refused where it sends more messages than were asked for', async () => {
  hub.tamper = (list, rows) => (list === 'messages' ? feed(501, 1) : rows)
  const source = await open()
  await expect(source.hub.findMessages({ space: 'test' }, { by: 'mci', direction: 'asc' })).rejects.toThrow(
    'sends 501 messages where 500 were asked for',
  )
  hub.tamper = undefined
})

it('makes no work of links that it makes up, and hides no true one behind them', async () => {
  const link = await signKind(Ada, 'alias', { alias: Ben.address, timestamp: now - 100 })
  const { address } = Ada
  const keys = Array.from(
    { length: 1000 },
    (_, index) => `0x${(index + 1).toString(16).padStart(40, '0')}` as const,
  )
  const used = [...keys, Ben.address].map((alias) => ({ principal: address, alias, at: now, chainId: 31337 }))
  hub.data.messages = [
    ...feed(499, 1, { address, type: 'alias', sig: `0x${'12'.repeat(64)}1b`, timestamp: now - 50 }),
    { ...messageRow(link, 600), type: 'alias' },
  ]
  const source = await open()
  const started = performance.now()
  const found = await findAliases(source, used)
  expect(performance.now() - started).toBeLessThan(60_000)
  const [first] = used
  const last = used.at(-1)
  if (!first || !last) throw new Error('nobody was asked about')
  expect(found.verdictOf(last)).toEqual({ status: 'passed' })
  expect(found.verdictOf(first)).toEqual({
    status: 'open',
    reason: expect.stringContaining('too many messages'),
  })
  expect(found.verdictOf({ ...first, alias: address })).toEqual({ status: 'passed' })
})

it('lets no key link another', async () => {
  const forged = await signKind(Ben, 'alias', { from: Ada.address, alias: Ben.address, timestamp: now - 100 })
  hub.data.messages = [{ ...messageRow(forged, 1), address: Ada.address }]
  const used = { principal: Ada.address, alias: Ben.address, at: now, chainId: 31337 }
  expect((await findAliases(await open(), [used])).verdictOf(used).status).not.toBe('passed')
})
