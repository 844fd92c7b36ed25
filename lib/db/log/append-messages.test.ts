import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { computeResult } from '../../core/tally/compute-result'
import { recount } from '../../core/tally/recount'
import { tallyFromCells } from '../../core/tally/tally'
import type { HexString } from '../../core/views/hex-string'
import { getVotingSystem } from '../../core/voting/registry'
import type { Choice } from '../../core/voting/voting-system'
import { createTestContext, type TestContext } from '../../testing/context'
import { resetPowers } from '../proposal/reset-powers'
import { listCells } from '../tally/list-cells'
import { setPower } from '../vote/set-power'
import { appendMessages } from './append-messages'
import type { CastBallot, CreateProposal, NewMessage } from './new-message'

const start = 1_800_000_000
const during = () => (start + 10) * 1000
const hash = (text: string): HexString => `0x${createHash('sha256').update(text).digest('hex')}`
const snapshotHash = hash('block')
let ctx: TestContext
let count = 0

beforeAll(async () => {
  ctx = await createTestContext()
  await append(
    message({
      kind: 'settings',
      effect: {
        type: 'save-space',
        name: 'S',
        settings: {},
        controller: '0x1',
        domain: null,
        nameOwner: null,
        nameKeptUntil: null,
      },
    }),
  )
})
afterAll(() => ctx.close())

function message(given: Partial<NewMessage> & Pick<NewMessage, 'effect'>): NewMessage {
  const id = given.id ?? hash(`message ${++count}`)
  return {
    id,
    kind: 'vote',
    space: 'space',
    author: '0x1',
    timestamp: start,
    envelope: { text: `{"id":"${id}"}`, sha256: hash(`{"id":"${id}"}`), cid: `cid-${id}` },
    verification: { method: 'ecdsa' },
    basis: {},
    jobs: [],
    ...given,
  }
}

function append(...messages: NewMessage[]) {
  return appendMessages(ctx.db, during, messages)
}

function newProposal(given: { type?: string; choices?: string[] } = {}): NewMessage {
  const { type = 'basic', choices = ['For', 'Against', 'Abstain'] } = given
  const effect: CreateProposal = {
    type: 'create-proposal',
    text: {
      title: 'T',
      body: '',
      discussion: '',
      votingType: type,
      choices,
      labels: [],
      plugins: {},
      privacy: '',
      rule: { kind: 'leader', quorum: null },
    },
    app: '',
    start,
    end: start + 100,
    network: '31337',
    snapshot: { number: 1n, hash: snapshotHash, timestamp: start },
    symbol: '',
    settingsId: '0x5',
    voteValidation: { name: 'any', params: {} },
    quorum: 0,
    quorumType: '',
    frozenHash: '0x6',
    flagCode: 0,
    strategies: [],
    executionHash: null,
    treasury: null,
    module: null,
    limits: null,
  }
  return message({ kind: 'proposal', effect })
}

async function createProposal(given?: Parameters<typeof newProposal>[0]): Promise<HexString> {
  const created = newProposal(given)
  expect(await append(created)).toMatchObject([{ status: 'accepted' }])
  return created.id
}

function ballot(
  proposal: HexString,
  given: Partial<CastBallot> & { voter?: string; timestamp?: number; at?: HexString } = {},
) {
  const { voter = '0x1', timestamp = start, at = snapshotHash, ...effect } = given
  return message({
    author: voter as HexString,
    timestamp,
    basis: { proposal: { id: proposal, definedBy: proposal, snapshotHash: at } },
    effect: {
      type: 'cast-ballot',
      proposal,
      choice: 1,
      reason: '',
      app: '',
      metadata: {},
      powerByStrategy: [10n],
      provisional: false,
      countable: true,
      ...effect,
    },
  })
}

describe('the log', () => {
  test.each(['update messages set kind = kind', 'delete from messages', 'truncate messages'])(
    'refuses: %s',
    async (statement) => {
      await expect(ctx.db.query(statement)).rejects.toThrow(/is refused: the log is append-only/)
    },
  )

  test('never goes back in time, whatever a process’s clock says', async () => {
    const proposal = await createProposal()
    const cast = (voter: string, ms: number) =>
      appendMessages(ctx.db, () => ms, [ballot(proposal, { voter })])
    const [first] = await cast('0x1', during() + 5_000)
    const [second] = await cast('0x2', during())
    expect([first, second]).toMatchObject([
      { status: 'accepted', acceptedAtMs: during() + 5_000 },
      { status: 'accepted', acceptedAtMs: during() + 5_000 },
    ])
  })
})

test('processes that append at once all get through, in one sequence', async () => {
  const proposal = await createProposal()
  const databases = [ctx.db, ctx.another().db, ctx.another().db]
  const before = await ctx.db.prisma.logState.findFirstOrThrow()
  const batches = Array.from({ length: 60 }, (_, i) =>
    [1, 2, 3].map((n) => ballot(proposal, { voter: `0x${i}-${n}` })),
  )
  const results = await Promise.all(
    batches.map((batch, i) => appendMessages(databases[i % 3] ?? ctx.db, during, batch)),
  )
  const indexes = results.flat().map((result) => (result.status === 'accepted' ? result.logIndex : -1))
  expect(indexes.sort((a, b) => a - b)).toEqual(indexes.map((_, i) => Number(before.size) + i))
  const cells = await listCells(ctx.db, [proposal])
  expect(cells.find(({ key }) => key === 'ballots')?.sum).toBe(180n)
})

test.each([
  ['before the first second', start * 1000 - 1, 'not in voting window'],
  ['in the first second', start * 1000, undefined],
  ['in the last second', (start + 100) * 1000 + 999, undefined],
  ['after the last second', (start + 101) * 1000, 'not in voting window'],
])('a ballot that is written %s', async (_, nowMs, reason) => {
  const own = await createTestContext()
  await appendMessages(own.db, () => 0, [
    message({
      kind: 'settings',
      effect: {
        type: 'save-space',
        name: 'S',
        settings: {},
        controller: '0x1',
        domain: null,
        nameOwner: null,
        nameKeptUntil: null,
      },
    }),
  ])
  const created = newProposal()
  await appendMessages(own.db, () => 0, [created])
  const [result] = await appendMessages(own.db, () => nowMs, [ballot(created.id)])
  expect(result).toMatchObject(reason ? { status: 'refused', reason } : { status: 'accepted' })
  await own.close()
})

describe('messages of one batch', () => {
  test('do not suffer from each other', async () => {
    const proposal = await createProposal()
    const good = ballot(proposal, { voter: '0xa' })
    const results = await append(
      ballot(hash('nothing'), { voter: '0xb' }),
      good,
      good,
      ballot(proposal, { voter: '0xa', timestamp: start - 1 }),
      ballot(proposal, { voter: '0xc' }),
    )
    expect(results).toMatchObject([
      { status: 'refused', reason: 'unknown proposal' },
      { status: 'accepted' },
      { status: 'refused', reason: 'duplicate message' },
      { status: 'refused', reason: 'already voted at later time' },
      { status: 'accepted' },
    ])
  })

  test('survive one that Postgres cannot store', async () => {
    const proposal = await createProposal()
    const results = await append(
      ballot(proposal, { voter: '0xa' }),
      ballot(proposal, { voter: '0xb', reason: 'no \0 in text' }),
      ballot(proposal, { voter: '0xc' }),
    )
    expect(results.map(({ status }) => status)).toEqual(['accepted', 'failed', 'accepted'])
    const row = await ctx.db.prisma.proposal.findUniqueOrThrow({ where: { id: proposal } })
    expect(row.voteCount).toBe(2)
  })

  test('are all in the log in their order, or not at all', async () => {
    const proposal = await createProposal()
    const before = await ctx.db.prisma.logState.findFirstOrThrow()
    const results = await append(...['0xa', '0xb', '0xc'].map((voter) => ballot(proposal, { voter })))
    expect(results.map((result) => result.status === 'accepted' && result.logIndex)).toEqual(
      [0, 1, 2].map((i) => Number(before.size) + i),
    )
  })
})

describe('what a message was checked against', () => {
  test('must still hold: the link of the key that signed it', async () => {
    const author = '0xprincipal' as HexString
    const alias = '0xkey' as HexString
    const link = (timestamp: number) =>
      message({ kind: 'alias', space: '', author, timestamp, effect: { type: 'link-alias', alias } })
    const proposal = await createProposal()
    const signed = (given: NewMessage) => {
      const { id } = given
      return { ...ballot(proposal, { voter: author, timestamp: start + ++count }), linkedBy: id }
    }
    const by = ({ linkedBy, ...given }: ReturnType<typeof signed>): NewMessage => ({
      ...given,
      basis: { ...given.basis, alias: { address: alias, link: linkedBy } },
    })
    const [first, renewed] = [link(start - 90 * 86_400), link(start)]
    const [early, other, late] = [by(signed(first)), by(signed(first)), by(signed(renewed))]
    const end = message({ kind: 'revoke-alias', space: '', author, effect: { type: 'revoke-alias', alias } })
    const held = link(start)
    // In one batch: what the messages before it did counts.
    const outcomes = await append(first, early, renewed, other, late, end, by(signed(renewed)), held)
    expect(outcomes.map((outcome) => ('reason' in outcome ? outcome.reason : outcome.status))).toEqual([
      ...['accepted', 'wrong alias', 'accepted', 'stale', 'accepted', 'accepted', 'wrong alias'],
      'alias already revoked at later time',
    ])
  })

  test('must still hold: the space’s settings', async () => {
    const effect = {
      type: 'save-space',
      name: 'S',
      settings: {},
      controller: '0x1',
      domain: null,
      nameOwner: null,
      nameKeptUntil: null,
    } as const
    const stale = message({ kind: 'settings', basis: { settingsId: null }, effect })
    expect(await append(stale)).toEqual([{ status: 'stale' }])
  })

  test('must still hold: the proposal’s text and block', async () => {
    const proposal = await createProposal()
    const basis = { id: proposal, definedBy: proposal, snapshotHash }
    const other = hash('other')
    for (const change of [{ definedBy: other }, { snapshotHash: other }]) {
      const stale = { ...ballot(proposal), basis: { proposal: { ...basis, ...change } } }
      expect(await append(stale)).toEqual([{ status: 'stale' }])
    }
  })

  test('one message of a batch may change it for the next', async () => {
    const proposal = await createProposal()
    const hide = message({
      kind: 'delete-proposal',
      basis: { proposal: { id: proposal, definedBy: proposal, snapshotHash } },
      effect: { type: 'hide-proposal', proposal, as: 'author' },
    })
    expect(await append(hide, ballot(proposal))).toMatchObject([
      { status: 'accepted' },
      { status: 'refused', reason: 'unknown proposal' },
    ])
  })
})

describe('jobs', () => {
  test('are queued with their message, one of each key', async () => {
    const proposal = await createProposal()
    const key = `measure:${proposal}`
    const jobs = [{ task: 'measure', payload: { proposal }, runAt: new Date(0), key }]
    const pending = (voter: string) => ({ ...ballot(proposal, { voter, powerByStrategy: null }), jobs })
    await append(pending('0xa'), pending('0xb'))
    await append(pending('0xc'))
    const { rows } = await ctx.db.query(
      'select task_identifier as task from graphile_worker.jobs where key = $1',
      [key],
    )
    expect(rows).toEqual([{ task: 'measure' }])
  })

  test('are not, when the message is refused', async () => {
    const proposal = await createProposal()
    const key = `refused:${proposal}`
    const jobs = [{ task: 'measure', payload: {}, runAt: new Date(0), key }]
    await append({ ...ballot(hash('nothing')), jobs })
    const { rows } = await ctx.db.query('select from graphile_worker.jobs where key = $1', [key])
    expect(rows).toEqual([])
  })
})

describe('running totals', () => {
  const systems = [
    { type: 'basic', choice: fc.integer({ min: 1, max: 3 }) },
    { type: 'approval', choice: fc.subarray([1, 2, 3]) },
    { type: 'copeland', choice: fc.shuffledSubarray([1, 2, 3], { minLength: 3 }) },
    { type: 'ranked-choice', choice: fc.shuffledSubarray([1, 2, 3], { minLength: 3 }) },
    { type: 'quadratic', choice: fc.record({ 1: fc.nat(9), 2: fc.integer({ min: 1, max: 9 }) }) },
    { type: 'weighted', choice: fc.record({ 1: fc.nat(9), 3: fc.integer({ min: 1, max: 9 }) }) },
  ] as const

  test.each(systems)(
    'of $type equal a recount, whatever is voted, re-voted and measured late',
    async ({ type, choice }) => {
      const voter = fc.constantFrom('0xa', '0xb', '0xc', '0xd')
      const powers = fc.array(fc.bigInt(0n, 10n ** 24n), { minLength: 2, maxLength: 2 })
      const step = fc.oneof(
        fc.record({
          ...{ voter, choice: choice as fc.Arbitrary<Choice>, known: fc.boolean() },
          countable: fc.constantFrom(true, true, false),
        }),
        fc.record({ moved: fc.nat(3) }),
        fc.record({ measured: fc.subarray(['0xa', '0xb', '0xc', '0xd'], { minLength: 1 }) }),
      )
      const property = fc.asyncProperty(
        fc.array(powers, { minLength: 4, maxLength: 4 }),
        fc.array(fc.array(step, { minLength: 1, maxLength: 6 }), { maxLength: 6 }),
        async (powersOf, batches) => {
          const power = (who: string) => powersOf[who.charCodeAt(2) - 97] ?? []
          const proposal = await createProposal({ type })
          let timestamp = start
          let snapshot = snapshotHash
          for (const batch of batches) {
            const ballots = batch.flatMap((given) =>
              'voter' in given
                ? ballot(proposal, {
                    voter: given.voter,
                    choice: given.choice,
                    powerByStrategy: given.known ? power(given.voter) : null,
                    countable: given.countable,
                    at: snapshot,
                    timestamp: ++timestamp,
                  })
                : [],
            )
            const results = await append(...ballots)
            expect(results.every(({ status }) => status === 'accepted')).toBe(true)
            for (const given of batch) {
              if ('measured' in given) {
                const known = new Map(given.measured.map((who) => [who, power(who)]))
                await setPower(ctx.db, { proposalId: proposal, snapshotHash: snapshot }, known)
              }
              if ('moved' in given) {
                snapshot = hash(`block ${given.moved}`)
                await resetPowers(ctx.db, proposal, { hash: snapshot, timestamp: start })
              }
            }
            await expectTotals(proposal, type)
          }
        },
      )
      await fc.assert(property, { numRuns: 15 })
    },
  )

  async function expectTotals(proposal: HexString, type: string): Promise<void> {
    const current = await ctx.db.prisma.vote.findMany({ where: { proposalId: proposal, current: true } })
    const voters = new Set(current.map(({ voter }) => voter))
    expect(voters.size).toBe(current.length)
    const counted = current.filter(({ power, countable }) => countable && power?.gt(0))
    const ballots = counted.map((vote) => ({
      choice: vote.choice,
      powerByStrategy: vote.powerByStrategy.map((part) => BigInt(part.toFixed())),
    }))
    const cells = await listCells(ctx.db, [proposal])
    const tally = tallyFromCells(
      cells.map(({ strategy, key, sum }) => ({ strategy, key, amount: sum })),
      2,
    )
    const system = getVotingSystem(type)
    expect(computeResult(system, tally, 3)).toEqual(recount(system, ballots, 3, 2))
    const row = await ctx.db.prisma.proposal.findUniqueOrThrow({ where: { id: proposal } })
    const pending = current.filter(({ power, countable }) => countable && power === null).length
    expect([row.voteCount, row.pendingCount]).toEqual([counted.length + pending, pending])
  }
})

test('power beyond any 256-bit number is kept exactly', async () => {
  const proposal = await createProposal()
  const most = (2n ** 256n - 1n) * 10n ** 18n
  await append(...['0xa', '0xb', '0xc'].map((voter) => ballot(proposal, { voter, powerByStrategy: [most] })))
  const cells = await listCells(ctx.db, [proposal])
  expect(cells.find(({ key }) => key === '1')?.sum).toBe(3n * most)
})

describe('setting power', () => {
  test('does nothing once the proposal has moved to another block', async () => {
    const proposal = await createProposal()
    await append(ballot(proposal, { powerByStrategy: null }))
    const elsewhere = { proposalId: proposal, snapshotHash: hash('another block') }
    expect(await setPower(ctx.db, elsewhere, new Map([['0x1', [5n]]]))).toBe(0)
  })

  test('counts only the ballot that stands', async () => {
    const proposal = await createProposal()
    await append(
      ballot(proposal, { powerByStrategy: null, choice: 1 }),
      ballot(proposal, { powerByStrategy: null, choice: 2, timestamp: start + 1 }),
    )
    expect(await setPower(ctx.db, { proposalId: proposal, snapshotHash }, new Map([['0x1', [5n]]]))).toBe(2)
    const cells = await listCells(ctx.db, [proposal])
    expect(Object.fromEntries(cells.map(({ key, sum }) => [key, sum]))).toEqual({
      total: 5n,
      ballots: 1n,
      2: 5n,
    })
  })

  test('that was read for waiting ballots leaves one alone that was weighed meanwhile', async () => {
    const proposal = await createProposal()
    await append(ballot(proposal, { powerByStrategy: null }))
    const scope = { proposalId: proposal, snapshotHash, provisional: true }
    const give = (power: bigint, pendingOnly = false) =>
      setPower(ctx.db, { ...scope, pendingOnly }, new Map([['0x1', [power]]]))
    expect(await give(40n)).toBe(1)
    expect(await give(100n, true)).toBe(0)
    const cells = async () => (await listCells(ctx.db, [proposal])).find(({ key }) => key === 'total')?.sum
    expect(await cells()).toBe(40n)
    expect(await give(30n)).toBe(1)
    expect(await cells()).toBe(30n)
  })

  test('of nothing takes the voter off the count', async () => {
    const proposal = await createProposal()
    await append(ballot(proposal, { powerByStrategy: null }))
    await setPower(ctx.db, { proposalId: proposal, snapshotHash }, new Map([['0x1', [0n]]]))
    const row = await ctx.db.prisma.proposal.findUniqueOrThrow({
      where: { id: proposal },
      include: { cells: true },
    })
    expect(row).toMatchObject({ voteCount: 0, pendingCount: 0, cells: [] })
  })
})
