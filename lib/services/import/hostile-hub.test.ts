import { afterAll, beforeAll, expect, it } from 'vitest'
import type { HexString } from '../../core/views/hex-string'
import { createIngest } from '../../ingest/ingest'
import { accounts } from '../../testing/accounts'
import { createTestContext, type TestContext } from '../../testing/context'
import { signCancel, signProposal, signSettings, signVote } from '../../testing/factories'
import { fixedClock } from '../../testing/fixed-clock'
import { startRpcServer } from '../../testing/rpc-server'
import { getMessage } from '../message/get-message'
import { getProposal } from '../proposal/get-proposal'
import {
  type HubServer,
  messageRow,
  proposalRow,
  spaceRow,
  startHubServer,
  voteRow,
} from '../remote-hub/hub-server.suite'
import { openHub } from '../remote-hub/remote-hub'
import { createTransport } from '../remote-hub/transport'
import { getSpace } from '../space/get-space'
import { listTrail } from '../trail/list-trail'
import { listVotes } from '../vote/list-votes'
import type { ImportReport } from './import-report'
import { importSpace } from './import-space'

const { Ada, Ben, Chloe, Dan, Eve, Femi } = accounts
const now = 1_800_000_000
const start = now - 5000

let hub: HubServer
let ctx: TestContext
let proposal: HexString
let report: ImportReport
const ids: Record<string, HexString> = {}

/** A hub as Snapshot's, without envelopes, that shows one honest ballot and one lie of each kind. */
beforeAll(async () => {
  ctx = await createTestContext({ clock: fixedClock(now) })
  hub = await startHubServer()
  const signed = await signProposal(Ada, { timestamp: start - 10, start, end: start + 3600 })
  const row = proposalRow(signed)
  proposal = row.id as HexString
  const cast = (who: typeof Ada, choice: number, timestamp: number) =>
    signVote(who, { proposal, choice, timestamp })
  const ballots = {
    honest: await cast(Ada, 1, start),
    changed: await cast(Ben, 1, start + 1),
    late: await cast(Chloe, 1, start + 3601),
    first: await cast(Dan, 1, start + 2),
    second: await cast(Dan, 2, start + 3),
    forged: await cast(Eve, 1, start + 4),
    odd: await cast(Femi, 9, start + 5),
  }
  hub.data.messages = [signed, ...Object.values(ballots)].map((envelope, index) =>
    messageRow(envelope, index + 1),
  )
  hub.data.votes = Object.values(ballots).map((envelope) => voteRow(envelope, 2.5))
  for (const [index, name] of Object.keys(ballots).entries())
    ids[name] = hub.data.votes[index]?.id as HexString
  Object.assign(hub.data.votes[1] ?? {}, { choice: 2 })
  // Somebody else's signature, under Eve's name.
  Object.assign(hub.data.messages[6] ?? {}, { sig: hub.data.messages[1]?.sig })
  hub.data.votes.push(
    { ...hub.data.votes[0], id: '0xnonsense' },
    { ...hub.data.votes[0], id: `0x${'ab'.repeat(32)}`, voter: 'nobody' },
  )
  hub.data.proposals = [
    { ...row, scores: [17.5, 2.5, 0], scores_total: 20, votes: 8 },
    proposalRow(await signProposal(Ada, { timestamp: start, title: 'Custom', start, end: start + 9 }), {
      ...{ type: 'custom', scores: [1, 2, 0], scores_total: 3, votes: 0 },
    }),
    { ...row, id: `0x${'cd'.repeat(32)}`, space: { id: 'test' }, start: now, end: now },
    { ...row, id: `0x${'ef'.repeat(32)}`, title: 'x'.repeat(200_000) },
  ]
  hub.data.space = spaceRow('test', {
    strategies: [{ name: 'no-such-strategy', network: '31337', params: {} }],
    verified: true,
    turbo: true,
  })
  const transport = createTransport({ pauseMs: 1 })
  report = await importSpace(ctx, { transport, hub: await openHub(hub.url, transport) }, 'test')
})
afterAll(async () => {
  await hub.stop()
  await ctx.close()
})

it('has each of its lies named', () => {
  expect(report.leftOut).toEqual({
    count: 1,
    first: [{ id: ids.late, problem: expect.stringContaining('when nobody could vote') }],
  })
  expect(report.unchecked).toEqual(
    expect.arrayContaining([
      { id: ids.changed, kind: 'vote', reason: 'no accepted message with these words has this id' },
      { id: ids.forged, kind: 'vote', reason: expect.stringContaining(`no key of ${Eve.address} signed it`) },
    ]),
  )
  expect(report.problems).toEqual(
    expect.arrayContaining([
      { id: '0xnonsense', problem: 'id is no id' },
      { id: `0x${'ab'.repeat(32)}`, problem: 'voter is no Ethereum address' },
      { id: `0x${'cd'.repeat(32)}`, problem: 'it ends before it begins' },
      { id: `0x${'ef'.repeat(32)}`, problem: expect.stringContaining('title') },
    ]),
  )
  expect(report.differing).toEqual([
    {
      id: proposal,
      title: 'Shall we?',
      differences: [
        '8 ballots by the hub, 5 here',
        'option 1 is 5 by the ballots, 17.5 by the hub',
        'option 2 is 5 by the ballots, 2.5 by the hub',
        'all power is 12.5 by the ballots, 20 by the hub',
      ],
    },
  ])
})

it('is told by the pages, none of which it breaks', async () => {
  expect(await getProposal(ctx, proposal)).toMatchObject({
    votes: 5,
    origin: { hub: hub.url, leftOut: 1, recount: 'differs', signatures: { checked: 3, unchecked: 2 } },
  })
  const votes = await listVotes(ctx, { proposal, first: 10, order: 'new' })
  // An invalid choice as it stands; of two ballots of one voter the later.
  expect(votes.items.map(({ voter, choiceText }) => [voter, choiceText])).toEqual(
    expect.arrayContaining([
      [Femi.address, '9'],
      [Dan.address, 'Against'],
    ]),
  )
  const custom = hub.data.proposals[1]?.id as HexString
  expect(await getProposal(ctx, custom)).toMatchObject({
    scores: [`1${'0'.repeat(18)}`, `2${'0'.repeat(18)}`, '0'],
    origin: { recount: 'impossible' },
  })
  expect(await getSpace(ctx, 'test')).toMatchObject({
    name: 'Test',
    strategies: [{ id: 'no-such-strategy' }],
  })
  expect((await listTrail(ctx, { space: 'test', first: 50, order: 'new' })).items.length).toBeGreaterThan(5)
  const own = votes.items.find(({ voter }) => voter === Ben.address)?.id ?? '0x'
  const { verification, envelope, ballot } = await getMessage(ctx, own)
  expect(verification).toMatchObject({ method: 'imported', checked: 'unchecked', shown: ids.changed })
  expect(JSON.parse(envelope)).toMatchObject({ hash: own, row: { id: ids.changed, choice: 2 } })
  expect(ballot).toMatchObject({ state: 'counted', current: own })
})

it('gets nothing here that it does not have: no marks of the operator, no keys', async () => {
  const { rows } = await ctx.db.query('select verified, turbo, domain from spaces')
  expect(rows).toEqual([{ verified: false, turbo: false, domain: null }])
})

it('hides what it shows no more, by the signed withdrawal where there is one', async () => {
  const { space, messages, proposals } = hub.data
  const signed = await Promise.all(
    ['Withdrawn', 'Taken down', 'Struck out', 'Lost'].map((title, index) =>
      signProposal(Ada, { timestamp: now - 50 + index, title, start, end: start + 9 }),
    ),
  )
  const rows = signed.map((envelope) => proposalRow(envelope))
  const gone = rows.map(({ id }) => id as HexString)
  const [withdrawn = '0x', takenDown = '0x', struckOut = '0x'] = gone
  const withdrawals = [
    await signCancel(Ada, { proposal: withdrawn, timestamp: now - 9 }),
    await signCancel(Dan, { proposal: takenDown, timestamp: now - 8 }),
    await signCancel(Eve, { proposal: struckOut, timestamp: now - 7 }),
  ]
  const copy = async () => {
    const transport = createTransport({ pauseMs: 1 })
    return importSpace(ctx, { transport, hub: await openHub(hub.url, transport) }, 'test')
  }
  const hidden = async () => {
    const found = await ctx.db.query(
      'select title, hidden_by, hidden_as from proposals where id = any($1) order by timestamp',
      [gone],
    )
    return found.rows.map((row) => [row.title, row.hidden_by, row.hidden_as])
  }
  Object.assign(space ?? {}, { admins: [Eve.address] })
  messages.push(...signed.map((envelope, index) => messageRow(envelope, 50 + index)))
  hub.data.proposals = [...proposals, ...rows]
  await copy()
  expect(await hidden()).toEqual(rows.map(({ title }) => [title, null, null]))

  hub.data.proposals = proposals
  messages.push(...withdrawals.map((envelope, index) => messageRow(envelope, 60 + index)))
  expect((await copy()).added).toBe(withdrawals.length)
  expect(await hidden()).toEqual([
    ['Withdrawn', Ada.address, 'author'],
    ['Taken down', Dan.address, 'moderator'],
    ['Struck out', Eve.address, 'admin'],
    ['Lost', Ada.address, 'author'],
  ])
  const logged = await ctx.db.query(
    "select proposal, author from messages where kind = 'delete-proposal' order by timestamp",
  )
  expect(logged.rows).toEqual([
    { proposal: withdrawn, author: Ada.address },
    { proposal: takenDown, author: Dan.address },
    { proposal: struckOut, author: Eve.address },
  ])
})

it('comes home with settings that are signed here, and then the hub has no more say in it', async () => {
  await ctx.db.query('update spaces set controller = $1', [Ada.address])
  const chain = await startRpcServer('', ({ id, method }, response) => {
    const block = { number: '0x1', hash: `0x${'11'.repeat(32)}`, timestamp: '0x1' }
    const result = method === 'eth_chainId' ? '0x7a69' : method === 'eth_getBlockByNumber' ? block : '0x1'
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ jsonrpc: '2.0', id, result }))
  })
  const here = ctx.another({ rpcUrls: { 31337: chain.url } })
  const ingest = createIngest(here)
  const propose = async () => ingest.ingest(await signProposal(Ada, { timestamp: now, snapshot: 1 }))
  const vote = async () => ingest.ingest(await signVote(Ben, { proposal, choice: 1, timestamp: now }))
  await expect(vote()).rejects.toThrow(`is a copy from ${hub.url}`)
  await expect(propose()).rejects.toThrow(`This space is a copy from ${hub.url}`)
  await ingest.ingest(await signSettings(Ada, { settings: { name: 'Ours' }, timestamp: now }))
  await propose()
  await expect(vote()).rejects.toThrow(`This proposal is a copy from ${hub.url}`)

  Object.assign(hub.data.space ?? {}, { name: 'Theirs' })
  const transport = createTransport({ pauseMs: 1 })
  await importSpace(here, { transport, hub: await openHub(hub.url, transport) }, 'test')
  expect(await getSpace(here, 'test')).toMatchObject({ name: 'Ours' })
  await ingest.close()
  await chain.stop()
})
