import { keccak256, toHex } from 'viem'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parseCanonicalEnvelope } from '../core/messages/parse-canonical-envelope'
import type { SpaceSettings } from '../core/messages/settings'
import { buildPlugins } from '../core/settlement/plugins'
import { describeFact } from '../core/trail/describe-fact'
import type { HexString } from '../core/views/hex-string'
import type { PageOf } from '../core/views/installation-view'
import type { TrailEntry } from '../core/views/trail-view'
import { saveConfirmation } from '../db/confirmation/save-confirmation'
import { saveReason } from '../db/reason/save-reason'
import { saveProgress } from '../db/settlement/save-progress'
import { storeExecution } from '../services/execution/store-execution'
import { finalizeProposal } from '../services/proposal/finalize-proposal'
import type { StoredProgress } from '../services/settlement/steps-record'
import { accounts } from '../testing/accounts'
import { signCancel, signProposal, signSettings, signUpdate, signVote } from '../testing/factories'
import { createTestWorld, type TestWorld } from '../testing/world'
import type { Api } from './api-env'
import { createApi } from './app'

const { Ada, Ben, Chloe, Dan, Eve } = accounts
const safe = Eve.address as HexString
const hashOf = (text: string) => keccak256(toHex(text))
let world: TestWorld
let api: Api
let first: HexString
let second: HexString

/** What is written, a second apart, as the trail should tell it: oldest first. */
const story: string[] = []

async function say(envelope: Promise<unknown>, sentence: string): Promise<HexString> {
  const { id } = await world.ingest.ingest(await envelope)
  story.push(sentence)
  world.clock.advance(1)
  return id
}

const settings: Partial<SpaceSettings> = {
  admins: [Chloe.address],
  moderators: [Dan.address],
  treasuries: [{ name: 'Main', address: safe, network: '31337' }],
}

beforeAll(async () => {
  world = await createTestWorld()
  api = createApi(world.ctx, world.ingest)
  const { now } = world
  const stamp = () => ({ timestamp: now() })
  await say(signSettings(Ada, { ...stamp(), settings }), 'Created the space.')
  await say(
    signSettings(Chloe, { ...stamp(), settings: { ...settings, about: '=1+1', voting: { quorum: 2 } } }),
    'Changed the settings, as an admin: about set to “=1+1”; quorum set to 2.',
  )
  await say(
    signSettings(Ada, {
      ...stamp(),
      settings: { ...settings, admins: [Chloe.address, Ben.address], voting: { quorum: 3 } },
    }),
    `Changed the settings, as the controller: admins: added ${Ben.address}; quorum from 2 to 3; about removed (was “=1+1”).`,
  )
  const start = now() + 100
  first = await say(signProposal(Ben, { ...stamp(), start, end: start + 100 }), 'Proposed: basic, 3 options.')
  await say(
    signUpdate(Ben, { ...stamp(), proposal: first, title: 'Shall we now?', body: 'x'.repeat(500) }),
    'Edited the proposal: title from “Shall we?” to “Shall we now?”; text changed.',
  )
  const calls = [{ to: Ben.address, value: '1', data: '0x', operation: 0 }]
  const { hash } = await storeExecution(world.ctx, { chainId: 31337, safe, calls })
  const plugins = buildPlugins({ chainId: 31337, safe, executionHash: hash })
  second = await say(
    signProposal(Ada, { ...stamp(), title: '@Another, "quoted"', start, end: start + 100, plugins }),
    'Proposed: basic, 3 options, with transactions.',
  )
  world.clock.advance(100)
  await say(signVote(Ada, { ...stamp(), proposal: first }), 'Voted For, with 1 VOTE. Superseded by #9.')
  await say(signVote(Ben, { ...stamp(), proposal: first, choice: 2 }), 'Voted Against, with 1 VOTE.')
  await say(signVote(Chloe, { ...stamp(), proposal: second }), 'Voted For, with 1 VOTE.')
  await say(
    signVote(Ada, { ...stamp(), proposal: first, choice: 2, reason: 'I was wrong' }),
    'Changed the vote from For to Against, with 1 VOTE.',
  )
  await say(signCancel(Dan, { ...stamp(), proposal: second }), 'Hid the proposal, as a moderator.')
  const third = await say(
    signProposal(Ada, { ...stamp(), title: '=Third', type: 'approval', choices: ['A', 'B'] }),
    'Proposed: approval, 2 options.',
  )
  await say(signCancel(Ada, { ...stamp(), proposal: third }), 'Withdrew the proposal, as its author.')
  await settle()
})
afterAll(() => world.close())

/** The result of the first proposal, and what a chain said about the second, an hour later. */
async function settle(): Promise<void> {
  const { clock, ctx, now } = world
  clock.advance(3600)
  await finalizeProposal(ctx, first)
  story.push('Result published. Quorum missed: 2 of 3 VOTE. 2 ballots, from a log of 13 messages.')
  clock.advance(1)
  const confirmation = { safeTxHash: hashOf('safe'), owner: Eve.address, signature: '0x1234' }
  await ctx.db.transaction((sql) =>
    saveConfirmation(sql, { ...confirmation, proposalId: second, createdAt: new Date(clock.now()) }),
  )
  story.push('Confirmed the Safe’s transaction, as an owner.')
  clock.advance(1)
  await saveReason(ctx.db, { hash: hashOf('why'), text: 'Wrong recipient', now: new Date(clock.now()) })
  const step = (label: string, transactionHash: HexString | null) => {
    return { label, state: 'done', at: now(), due: null, transactionHash } as const
  }
  const veto = { by: Dan.address, at: now() + 1, reasonHash: hashOf('why'), transactionHash: hashOf('veto') }
  const progress = {
    steps: [step('Proposed', null), step('Registered', hashOf('register')), step('Vetoed', hashOf('veto'))],
    module: { veto, pause: null },
  } as unknown as StoredProgress
  await saveProgress(ctx.db, {
    ...{ proposalId: second, executor: 'tally-module', state: 'blocked', reason: '', trace: null },
    ...{ memory: {}, progress, lookedAt: clock.now(), now: new Date(clock.now()) },
  })
  story.push('Registered on chain 31337.', 'Vetoed on chain 31337. Reason: “Wrong recipient”.')
}

async function get<Body>(query: string, status = 200): Promise<Body> {
  const response = await api.request(`/api/v1/spaces/test/trail${query}`)
  const body = await response.json()
  expect({ status: response.status, body }).toMatchObject({ status })
  return body as Body
}

/** Every page of a list, one after the other. */
async function collect(query: Record<string, string>): Promise<TrailEntry[]> {
  const items: TrailEntry[] = []
  let after: string | null = null
  do {
    const page: PageOf<TrailEntry> = await get(
      `?${new URLSearchParams({ ...query, ...(after && { after }) })}`,
    )
    items.push(...page.items)
    after = page.next
  } while (after !== null)
  return items
}

async function download(path: string): Promise<Response> {
  const response = await api.request(`/api/v1/spaces/test/trail.${path}`)
  expect(response.status).toBe(200)
  return response
}

const sentences = (entries: readonly TrailEntry[]) => entries.map(({ what }) => describeFact(what))

describe('a page of the trail', () => {
  test('tells everything that happened, in order', async () => {
    expect(sentences(await collect({ order: 'old', first: '100' }))).toEqual(story)
    expect(sentences(await collect({ first: '100' }))).toEqual([...story].reverse())
  })

  test.each(['new', 'old'])(
    'pages of any size, %s first, leave nothing out and say nothing twice',
    async (order) => {
      const whole = await collect({ order, first: '100' })
      for (const first of ['1', '3']) expect(await collect({ order, first })).toEqual(whole)
    },
  )

  test('has each message’s place, signature and proposal; what is not signed says so', async () => {
    const entries = await collect({ order: 'old' })
    const messages = entries.flatMap(({ message }) => message ?? [])
    expect(messages.map(({ logIndex }) => logIndex)).toEqual([...messages.keys()])
    expect(entries.filter(({ message }) => !message).map(({ what, author }) => [what.kind, author])).toEqual([
      ['result', null],
      ['confirmation', Eve.address],
      ['settlement', null],
      ['settlement', Dan.address],
    ])
    expect(entries[4]).toMatchObject({
      author: Ben.address,
      proposal: { id: first, title: 'Shall we now?' },
      message: { kind: 'update-proposal', verification: { method: 'ecdsa' } },
    })
    expect(entries[4]?.message?.signature).toMatch(/^0x[0-9a-f]{130}$/)
  })

  test('is narrowed by kind, author, proposal, id and place in the log', async () => {
    const all = await collect({ order: 'old' })
    const expectOnly = async (query: Record<string, string>, keep: (entry: TrailEntry) => boolean) => {
      const kept = all.filter(keep)
      expect(kept.length).toBeGreaterThan(0)
      expect(await collect({ order: 'old', first: '2', ...query })).toEqual(kept)
    }
    const kinds = {
      ballots: ['ballot'],
      proposals: ['proposal', 'edit'],
      withdrawals: ['withdrawal'],
      settings: ['settings'],
      results: ['result', 'settlement', 'confirmation'],
    }
    for (const [kind, names] of Object.entries(kinds)) {
      await expectOnly({ kind }, ({ what }) => names.includes(what.kind))
    }
    await expectOnly({ author: Ada.address.toLowerCase() }, ({ author }) => author === Ada.address)
    await expectOnly({ author: Dan.address }, ({ author }) => author === Dan.address)
    await expectOnly({ proposal: second }, ({ proposal }) => proposal?.id === second)
    await expectOnly(
      { proposal: second, kind: 'withdrawals', author: Dan.address },
      ({ what, author }) => what.kind === 'withdrawal' && author === Dan.address,
    )
    await expectOnly({ find: second }, ({ id }) => id === second)
    await expectOnly({ find: '9' }, ({ message }) => message?.logIndex === 9)
    await expectOnly(
      { find: hashOf('veto') },
      ({ author, what }) => what.kind === 'settlement' && author !== null,
    )
    expect(await collect({ kind: 'ballots', find: second })).toEqual([])
  })

  test('is of one space alone', async () => {
    await world.ingest.ingest(await signSettings(Ada, { space: 'other', timestamp: world.now() }))
    expect(await collect({ author: Ada.address, kind: 'settings' })).toHaveLength(2)
    const other = await api.request(`/api/v1/spaces/other/trail?proposal=${first}`)
    expect(await other.json()).toMatchObject({ items: [] })
    expect(await (await api.request('/api/v1/spaces/none/trail.csv')).json()).toMatchObject({
      error_description: 'There is no space "none".',
    })
  })
})

describe('hostile requests', () => {
  const cursor = (place: unknown) => Buffer.from(JSON.stringify(place)).toString('base64url')

  test.each([
    ['?kind=everything', 'kind: must be one of ballots, proposals, withdrawals, settings, results'],
    ['?author=0x12', 'author: must be an address, 0x and 40 hex digits with a right checksum'],
    ["?proposal=';drop table messages", 'proposal: must be 0x and 64 hex digits'],
    ['?find=%00', 'find: must be a place in the log or 0x and 64 hex digits'],
    [`?find=${'9'.repeat(16)}`, 'find: must be a place in the log or 0x and 64 hex digits'],
    ['?order=random', 'order: must be new or old'],
    ['?first=101', 'first: must be from 1 to 100'],
    ['.csv?author=ada', 'author: must be an address, 0x and 40 hex digits with a right checksum'],
    ['.ndjson?kind=', 'kind: must be one of ballots, proposals, withdrawals, settings, results'],
  ])('%s is refused with a sentence', async (query, sentence) => {
    expect(await get(query, 400)).toEqual({ error: 'client_error', error_description: sentence })
  })

  test.each([
    { logIndex: '1' },
    { logIndex: '-1', atMs: 0, act: null },
    { logIndex: null, atMs: 1e300, act: null },
    { logIndex: null, atMs: 0, act: 'result:\0' },
    { logIndex: '9'.repeat(30), atMs: 0, act: null },
    [[]],
  ])('a cursor that is none of ours: %j', async (place) => {
    expect(await get(`?after=${cursor(place)}`, 400)).toMatchObject({
      error_description: 'after: this is not a cursor from an earlier page of the same list',
    })
  })

  test('a cursor that nobody was given is only a place', async () => {
    const place = { logIndex: '9'.repeat(18), atMs: Number.MAX_SAFE_INTEGER, act: null }
    expect((await get<PageOf<TrailEntry>>(`?after=${cursor(place)}`)).items).toHaveLength(story.length)
  })
})

describe('the export', () => {
  test('as NDJSON carries each message whole, so that signature and log entry can be checked', async () => {
    const response = await download('ndjson')
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="test-trail.ndjson"')
    const lines = (await response.text())
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(lines.map(({ text }) => text)).toEqual(story)
    const signed = lines.filter(({ message }) => message !== null)
    expect(signed).toHaveLength(13)
    for (const { id, author, message } of signed) {
      const read = parseCanonicalEnvelope(message.envelope)
      expect({ id: read.resolved.id, from: read.address, cid: read.cid, sig: read.sig }).toEqual({
        id,
        from: author,
        cid: message.cid,
        sig: message.signature,
      })
    }
  })

  test('as CSV is the same, narrowed the same way, and no cell is a formula', async () => {
    const rows = parseCsv(await (await download('csv')).text())
    expect(rows.slice(1).map((row) => row[4])).toEqual(story)
    expect(rows.flat().filter((cell) => /^\s*[=+\-@]/.test(cell))).toEqual([])
    const narrowed = await download(`csv?proposal=${second}&kind=withdrawals`)
    expect(narrowed.headers.get('content-disposition')).toContain(`test-trail-${second.slice(0, 10)}.csv`)
    const withdrawals = parseCsv(await narrowed.text()).slice(1)
    expect(withdrawals.map((row) => [row[3], row[7]])).toEqual([[Dan.address, `'@Another, "quoted"`]])
  })

  test('reads nothing that nobody takes', async () => {
    const { body } = await download('csv')
    const reader = body?.getReader()
    await reader?.cancel()
    expect((await api.request('/api/v1/spaces/test/trail.csv', { method: 'HEAD' })).status).toBe(200)
  })
})

/** RFC 4180. */
function parseCsv(text: string): string[][] {
  expect(text.endsWith('\r\n')).toBe(true)
  const rows: string[][] = [[]]
  for (const [, quoted, plain = '', end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain)
    if (end === '\r\n') rows.push([])
  }
  return rows.slice(0, -1)
}
