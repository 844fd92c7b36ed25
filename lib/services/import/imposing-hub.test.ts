import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { statementTypedData } from '../../client/typed-data'
import type { HexString } from '../../core/views/hex-string'
import { createIngest, type Ingest } from '../../ingest/ingest'
import { accounts } from '../../testing/accounts'
import {
  signCancel,
  signMessage,
  signProposal,
  signSettings,
  signUpdate,
  signVote,
} from '../../testing/factories'
import { createTestWorld, type TestWorld } from '../../testing/world'
import { finalizeProposal } from '../proposal/finalize-proposal'
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
import type { ImportReport } from './import-report'
import { importSpace } from './import-space'

const { Ada, Ben, Chloe, Dan, Eve } = accounts

let world: TestWorld
let ingest: Ingest
/** Two hubs that would have a say in what is not theirs. */
let hub: HubServer
let other: HubServer
/** Unix seconds. */
let now: number
/** A proposal that was made here, and Ben's ballot on it. */
let native: HexString
let ballot: Awaited<ReturnType<typeof signVote>>

beforeAll(async () => {
  world = await createTestWorld()
  ingest = createIngest(world.ctx)
  now = world.now()
  ;[hub, other] = await Promise.all([startHubServer(), startHubServer()])
  await ingest.ingest(await signSettings(Ada, { timestamp: now }))
  const made = await ingest.ingest(await signProposal(Ada, { timestamp: now }))
  native = made.id as HexString
  ballot = await signVote(Ben, { proposal: native, choice: 1, timestamp: now })
  await ingest.ingest(ballot)
})
afterAll(async () => {
  await ingest.close()
  await Promise.all([hub.stop(), other.stop()])
  await world.close()
})
beforeEach(() => {
  for (const { data } of [hub, other]) {
    Object.assign(data, { votes: [], proposals: [], follows: [], statements: [], messages: [] })
  }
  hub.data.space = spaceRow('evil')
  other.data.space = spaceRow('rival')
  hub.tamper = undefined
})

async function copy(from: HubServer, space: string): Promise<ImportReport> {
  const transport = createTransport({ pauseMs: 1 })
  return importSpace(world.ctx, { transport, hub: await openHub(from.url, transport) }, space)
}

async function rows(sql: string, values: unknown[] = []) {
  return (await world.ctx.db.query(sql, values)).rows
}

/** All that is kept of a proposal, from wherever. */
async function keptOf(proposal: string) {
  return {
    proposal: await rows('select * from proposals where id = $1', [proposal]),
    votes: await rows('select * from votes where proposal_id = $1 order by log_index', [proposal]),
    cells: await rows('select * from tally_cells where proposal_id = $1 order by strategy, key', [proposal]),
    messages: await rows('select id from messages where proposal = $1 order by log_index', [proposal]),
  }
}

/** A proposal of the space that a hub shows, open still. */
async function evilProposal(title: string, space = 'evil', from = hub) {
  const signed = await signProposal(Eve, { space, title, timestamp: now - 9 })
  const row = proposalRow(signed, { state: 'active', scores_state: 'pending' })
  from.data.proposals.push(row)
  from.data.messages.push(messageRow(signed, from.data.messages.length + 1))
  return row
}

it('does not write a ballot that was cast here', async () => {
  const before = await keptOf(native)
  const row = await evilProposal('Under another proposal')
  hub.data.messages.push(messageRow(ballot, 9))
  hub.data.votes = [{ ...voteRow(ballot, 1_000_000), choice: 2, proposal: { id: row.id } }]
  const { leftOut } = await copy(hub, 'evil')
  expect(await keptOf(native)).toEqual(before)
  expect(await rows('select id from votes where proposal_id = $1', [row.id])).toEqual([])
  const [stored] = await rows('select origin from proposals where id = $1', [row.id])
  expect(stored?.origin.leftOut).toEqual([
    { id: hub.data.votes[0]?.id, problem: expect.stringContaining('another message') },
  ])
  expect(leftOut.count).toBe(1)
})

it('does not write ballots into a space of this server, under whatever space it shows its proposal later', async () => {
  const row = await evilProposal('Moves')
  await copy(hub, 'evil')
  const vote = await signVote(Dan, { space: 'evil', proposal: String(row.id), timestamp: now })
  hub.data.messages.push(messageRow(vote, 9))
  hub.data.votes = [voteRow(vote)]
  hub.tamper = (list, shown) =>
    list === 'proposals' ? shown.map((one) => ({ ...one, space: { id: 'test' } })) : shown
  const before = await rows('select id, vote_count from spaces order by id')
  await copy(hub, 'evil')
  expect(await rows("select id from votes where space_id = 'test'")).toHaveLength(1)
  expect(await rows('select id, vote_count from spaces order by id')).toEqual(before)
})

it('does not write what another hub has, nor a proposal of this server', async () => {
  const row = await evilProposal('The first hub’s')
  const vote = await signVote(Dan, { space: 'evil', proposal: String(row.id), timestamp: now })
  hub.data.messages.push(messageRow(vote, 9))
  hub.data.votes = [voteRow(vote)]
  await copy(hub, 'evil')
  const before = [await keptOf(String(row.id)), await keptOf(native)]
  const theirs = { title: 'Hijacked', space: { id: 'rival' }, author: Eve.address, updated: now }
  other.data.proposals = [
    { ...row, ...theirs },
    { ...row, ...theirs, id: native },
  ]
  other.data.messages = [...hub.data.messages]
  other.data.votes = [
    { ...voteRow(vote, 7), choice: 2 },
    { ...voteRow(ballot, 7), choice: 2 },
  ]
  const { problems } = await copy(other, 'rival')
  expect(problems.map(({ id }) => id)).toEqual(expect.arrayContaining([row.id, native]))
  expect([await keptOf(String(row.id)), await keptOf(native)]).toEqual(before)
})

it('keeps nobody’s message out that it shows before it is sent here', async () => {
  const row = await evilProposal('Foresees')
  const [vote, proposed] = await Promise.all([
    signVote(Chloe, { proposal: native, choice: 2, timestamp: now }),
    signProposal(Ada, { title: 'Foreseen', timestamp: now }),
  ])
  hub.data.votes = [{ ...voteRow(vote), proposal: { id: row.id } }]
  const foreseen = proposalRow(proposed, { space: { id: 'evil' } })
  hub.data.proposals.push(foreseen)
  await copy(hub, 'evil')
  expect(await rows('select space_id from proposals where id = $1', [foreseen.id])).toEqual([
    { space_id: 'evil' },
  ])
  await expect(ingest.ingest(vote)).resolves.toBeDefined()
  await expect(ingest.ingest(proposed)).resolves.toBeDefined()
  expect(await rows('select space_id from proposals where id = $1', [foreseen.id])).toEqual([
    { space_id: 'test' },
  ])
  const before = await keptOf(String(foreseen.id))
  await copy(hub, 'evil')
  expect(await keptOf(String(foreseen.id))).toEqual(before)
})

it('says nothing in anybody’s name', async () => {
  const say = (by: typeof Eve, statement: string, timestamp: number) =>
    signMessage(
      by,
      statementTypedData({
        ...{ from: Chloe.address, space: 'evil', about: 'Me', status: 'ACTIVE' },
        ...{ statement, timestamp },
      }),
    )
  const statementRow = (envelope: Awaited<ReturnType<typeof say>>, more: object = {}) => {
    const { id, timestamp } = messageRow(envelope, 1)
    const { message } = envelope.data as { message: Record<string, unknown> }
    const { about, statement, discourse, status, network } = message
    const said = { about, statement, discourse, status, network: network ?? 's' }
    return {
      id,
      space: 'evil',
      delegate: Chloe.address,
      ...said,
      created: timestamp,
      updated: timestamp,
      ...more,
    }
  }
  const text = async () =>
    (await rows("select statement from statements where space_id = 'evil'")).map(({ statement }) => statement)
  await copy(hub, 'evil')
  await ingest.ingest(await say(Chloe, 'Mine.', now - 5))
  const forged = await say(Eve, 'Forged.', now + 1)
  const ahead = await say(Chloe, 'Of times to come.', now + 301)
  const unsigned = await say(Chloe, 'Never sent.', now + 2)
  hub.data.statements = [
    statementRow(forged),
    statementRow(ahead),
    statementRow(unsigned),
    { ...statementRow(unsigned), id: `0x${'77'.repeat(32)}`, network: 'elsewhere', updated: now + 400_000 },
  ]
  hub.data.messages = [messageRow(forged, 1), messageRow(ahead, 2)]
  const { problems } = await copy(hub, 'evil')
  const reasons = Object.fromEntries(problems.map(({ id, problem }) => [id, problem]))
  expect(hub.data.statements.map(({ id }) => reasons[String(id)])).toEqual([
    expect.stringContaining(`no message of ${Chloe.address} lets`),
    expect.stringContaining('yet to come'),
    undefined,
    expect.stringContaining('yet to come'),
  ])
  expect(await text()).toEqual(['Mine.'])
  await ingest.ingest(await say(Chloe, 'Anew.', now))
  expect(await text()).toEqual(['Anew.'])

  const truly = await say(Chloe, 'Said there.', now + 3)
  hub.data.statements = [statementRow(truly)]
  hub.data.messages = [messageRow(truly, 3)]
  await copy(hub, 'evil')
  expect(await text()).toEqual(['Said there.'])
  hub.data.statements = [statementRow(truly, { statement: 'Bent.', updated: now + 4 })]
  await copy(hub, 'evil')
  expect(await text()).toEqual(['Said there.'])
})

it('edits and withdraws nothing in anybody’s name', async () => {
  const signed = await signProposal(Ada, { space: 'evil', title: 'As it was', timestamp: now + 1 })
  const row = proposalRow(signed)
  hub.data.proposals = [row]
  hub.data.messages = [messageRow(signed, 1)]
  await copy(hub, 'evil')
  const of = { from: Ada.address, space: 'evil', proposal: String(row.id) }
  const edit = await signUpdate(Eve, { ...of, title: 'Forged', timestamp: now + 2 })
  hub.data.proposals = [{ ...row, title: 'Forged', body: 'We may.', updated: now + 2 }]
  hub.data.messages.push(messageRow(edit, 2))
  const { problems } = await copy(hub, 'evil')
  expect(problems).toContainEqual({ id: row.id, problem: expect.stringContaining('lets that key') })
  expect(await rows('select title from proposals where id = $1', [row.id])).toEqual([{ title: 'As it was' }])

  hub.data.proposals = []
  const withdrawal = await signCancel(Eve, { ...of, timestamp: now + 3 })
  hub.data.messages.push({ ...messageRow(withdrawal, 3), address: Ada.address })
  await copy(hub, 'evil')
  expect(
    await rows("select verification ->> 'checked' as how from messages where kind = 'delete-proposal'"),
  ).toEqual([{ how: 'unchecked' }])
})

it('leaves votes of this server to be counted as they were cast', async () => {
  world.clock.advance(3601)
  await finalizeProposal(world.ctx, native)
  expect(await rows('select votes, scores from results where proposal_id = $1', [native])).toEqual([
    { votes: 2, scores: [`1${'0'.repeat(18)}`, `1${'0'.repeat(18)}`, '0'] },
  ])
})
