import { gunzipSync } from 'node:zlib'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { AuditReport } from '../../core/audit/audit-bundle'
import type { AuditOptions } from '../../core/audit/audit-options'
import { bundleJsonSchema } from '../../core/audit/bundle-json-schema'
import type { HexString } from '../../core/views/hex-string'
import { findVerification } from '../../db/verification/find-verification'
import { payment } from '../../ingest/module-world.suite'
import { accounts } from '../../testing/accounts'
import { signCancel, signKind, signProposal, signSettings, signVote } from '../../testing/factories'
import { openLogKey } from '../operator/open-log-key'
import { deployPickyToken } from '../power/picky-token.suite'
import { getProposal } from '../proposal/get-proposal'
import { type BundleWorld, createBundleWorld } from './bundle-world.suite'
import { createChainReader } from './chain-reader'
import { verifyBundle } from './verify-bundle'
import { verifyBundles } from './verify-bundles'
import { writeBundle } from './write-bundle'

const { Ada, Ben, Chloe } = accounts
let world: BundleWorld
beforeAll(async () => {
  world = await createBundleWorld()
  await world.changeSettings()
})
afterAll(() => world?.close())

/** Everything that a stranger with an RPC, all receipts and a reading of the whole log can ask. */
async function everythingKnown(proposal: string): Promise<AuditOptions> {
  const { ctx, receipts } = world
  const { rows } = await ctx.db.query<{ id: HexString; envelope: string }>(
    'select id, envelope from messages',
  )
  const own = rows.filter(({ id, envelope }) => id === proposal || envelope.includes(proposal))
  return {
    ...createChainReader(ctx.chains),
    expected: {
      proposal: proposal as HexString,
      receipts: receipts.filter(({ receipt }) => receipt.proposal === proposal),
      messages: new Set(own.map(({ id }) => id)),
    },
  }
}

const not = (status: string, { checks }: AuditReport) => checks.filter((check) => check.status !== status)

describe('an election', () => {
  test.each(['basic', 'approval', 'ranked-choice', 'weighted'] as const)(
    'by %s verifies, with and without chains',
    async (type) => {
      const { ctx } = world
      const proposal = await world.propose(type)
      await world.changeSettings()
      await world.edit(proposal, type)
      await world.vote(proposal, type)
      await world.changeSettings()
      await world.changeSettings('elsewhere')
      await world.finish(proposal)
      await writeBundle(ctx, proposal)

      const own = await findVerification(ctx.db, proposal)
      expect(own?.checks.filter(({ status }) => status === 'failed')).toEqual([])
      expect(own?.checks.flatMap(({ id, status }) => (status === 'open' ? id : []))).toEqual([
        ...['completeness', 'history', 'witnesses', 'receipts'],
      ])
      const report = await world.audit(await world.download(proposal), await everythingKnown(proposal))
      expect(not('passed', report).map(({ id, status }) => [id, status])).toEqual([
        ...['operator', 'history', 'witnesses'].map((id) => [id, 'open']),
      ])
      const view = await getProposal(ctx, proposal)
      expect(report.subject).toMatchObject({ title: `By ${type}, after all`, ballots: view.votes })
      expect(view.verification).toMatchObject({ ok: true, failed: [], open: 4 })
      const lines = (await (await world.download(proposal)).text()).split('\n')
      expect(view.bundle).toMatchObject({ lines: lines.length - 2 })
      const ballots = lines.filter((line) => line.includes('"kind":"ballot"')).map((line) => JSON.parse(line))
      expect(ballots.map(({ status }) => status)).toEqual([
        ...['counted', 'superseded', 'counted', 'counted', 'powerless'],
      ])
    },
  )

  test('takes a contract wallet’s word at the block alone that was the newest when its ballot came', async () => {
    const { ctx } = world
    const proposal = await world.propose()
    await world.vote(proposal)
    await world.finish(proposal)
    await writeBundle(ctx, proposal)
    await world.tick()
    const lines = (await (await world.download(proposal)).text()).trim().split('\n')
    const ballot = lines.map((line) => JSON.parse(line)).find(({ contract }) => contract)
    const { id } = await ctx.db.prisma.message.findUniqueOrThrow({ where: { logIndex: ballot.index } })
    const { checkContract } = createChainReader(ctx.chains)
    const at = Math.floor(ballot.acceptedAtMs / 1000)
    const believed = (acceptedAt: number) =>
      checkContract({
        ...ballot.contract,
        ...{ address: ballot.message.from, hash: id, signature: ballot.sig, acceptedAt },
      })
    expect(await believed(at)).toBe(true)
    expect(await believed(at - 3600)).toBe(false)
    expect(await believed(at + 3600)).toBe(false)
  })

  test('that was withdrawn, and one that nobody voted in, verify', async () => {
    const withdrawn = await world.propose()
    await world.vote(withdrawn)
    await world.send(signCancel(Ben, { proposal: withdrawn, timestamp: world.now() }))
    const quiet = await world.propose()
    for (const proposal of [withdrawn, quiet]) {
      await world.finish(proposal)
      await writeBundle(world.ctx, proposal)
      expect(await world.failedChecks(proposal)).toEqual([])
    }
  })

  test('whose token cannot tell one voter’s power verifies: he has none', async () => {
    const { ctx, now } = world
    const space = 'picky'
    const address = await deployPickyToken(world.chain, Ben.address)
    const strategies = [{ name: 'ticket' }, { name: 'erc20-balance-of', params: { address } }]
    await world.send(signSettings(Ada, { space, settings: { strategies }, timestamp: now() }))
    const proposal = await world.propose('basic', space)
    world.clock.advance(2)
    for (const who of [Ada, Ben]) {
      await world.send(signVote(who, { space, proposal, timestamp: now() }), world.deafIngest)
    }
    await world.tick(200)
    await world.finish(proposal)
    expect((await getProposal(ctx, proposal)).votes).toBe(1)
    await writeBundle(ctx, proposal)
    expect(await world.failedChecks(proposal)).toEqual([])
    const { checks = [] } = (await findVerification(ctx.db, proposal)) ?? {}
    expect(checks.find(({ id }) => id === 'chain')?.status).toBe('passed')
  })

  test('that a module settles verifies, whatever a moderator hid and a contract wallet sent', async () => {
    const { ctx, ingest, now } = world
    await world.setSettings({ moderators: [Ben.address] })
    const draft = await world.draft(await world.refFor([payment]))
    const { id: proposal } = await ingest.ingest(await signProposal(Ada, draft))
    const vote = (who: typeof Ada, choice: number, from = who.address) =>
      signVote(who, { space: 'dao', from, proposal, choice, timestamp: now() }).then((envelope) =>
        world.send(Promise.resolve({ ...envelope, address: from })),
      )
    const withdraw = (who: typeof Ada) =>
      world.send(signCancel(who, { space: 'dao', proposal, timestamp: now() }))
    await vote(Ben, 1)
    await vote(Chloe, 2, world.wallet)
    await withdraw(Ben)
    world.clock.advance(1)
    await vote(Ben, 2)
    await vote(Chloe, 1)
    await withdraw(Ada)
    await world.finish(proposal)
    // As of a time when neither was noted.
    await ctx.db.query('update proposals set module = null where id = $1', [proposal])
    await ctx.db.query('update results set blocks = null where proposal_id = $1', [proposal])
    await writeBundle(ctx, proposal)
    expect(await world.failedChecks(proposal)).toEqual([])
    const report = await world.audit(await world.download(proposal), await everythingKnown(proposal))
    expect(not('passed', report).map(({ id }) => id)).toEqual(['operator', 'history', 'witnesses'])
  })
})

test('an election in which keys signed for voters and for its author verifies', async () => {
  const { ctx, clock, now } = world
  const keys = Array.from({ length: 3 }, () => privateKeyToAccount(generatePrivateKey()))
  const [first, second, third] = keys as [typeof Ada, typeof Ada, typeof Ada]
  const say = (who: typeof Ada, kind: 'alias' | 'revoke-alias', { address: alias }: typeof Ada) => {
    clock.advance(1)
    return world.send(signKind(who, kind, { alias, timestamp: now() }))
  }
  // Before the settings that are in force; the second has no part in it.
  await say(Ada, 'alias', first)
  await world.changeSettings()
  await say(Ada, 'alias', third)
  await say(Ben, 'alias', second)
  await say(Ben, 'revoke-alias', second)
  await world.changeSettings()
  await world.tick()
  const [start, snapshot] = [now() + 1, Number(await world.chain.client.getBlockNumber()) - 1]
  const own = { from: Ada.address, timestamp: now(), start, end: start + 200, snapshot, title: 'By a key' }
  const proposal = await world.send(signProposal(first, own))
  clock.advance(1)
  const vote = (who: typeof Ada, from: `0x${string}`) => {
    clock.advance(1)
    return world.send(signVote(who, { proposal, from, timestamp: now() }))
  }
  await vote(first, Ada.address)
  await say(Ben, 'alias', second)
  await vote(second, Ben.address)
  await say(Ben, 'revoke-alias', second)
  await vote(Ben, Ben.address)
  await say(Ben, 'alias', second)
  await vote(second, Ben.address)
  await say(Ada, 'alias', first)
  await world.send(signKind(second, 'flag-proposal', { from: Ben.address, proposal, timestamp: now() }))
  await world.finish(proposal)
  await writeBundle(ctx, proposal)
  expect(await world.failedChecks(proposal)).toEqual([])

  const text = await (await world.download(proposal)).text()
  const lines = text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(lines[0].version).toBe(2)
  const told = lines.flatMap(({ kind, message, signer }) =>
    kind === 'message' || kind === 'ballot' ? [[Object.keys(message)[1] ?? '', signer]] : [],
  )
  expect(told.filter(([field]) => field === 'alias')).toHaveLength(5)
  expect(told.filter(([, signer]) => signer !== undefined).map(([, signer]) => signer)).toEqual([
    ...[first.address, first.address, second.address, second.address, second.address],
  ])
  const report = await world.audit(await world.download(proposal), await everythingKnown(proposal))
  expect(not('passed', report).map(({ id }) => id)).toEqual(['operator', 'history', 'witnesses'])
  expect(report.checks.find(({ id }) => id === 'aliases')?.detail).toBe(
    '5 messages were signed by keys that their authors had linked.',
  )
  await verifyBundle(world.another(), proposal)
  expect(await world.failedChecks(proposal)).toEqual([])
})

describe('a written bundle', () => {
  let proposal: HexString
  let text: string
  beforeAll(async () => {
    proposal = await world.propose()
    await world.vote(proposal)
    await world.finish(proposal)
  })

  test('is written once, by whoever is first', async () => {
    const { ctx } = world
    const early = await world.download(proposal)
    expect(early.status).toBe(409)
    expect(early.headers.get('retry-after')).toBe('5')
    expect(await early.json()).toMatchObject({ error_description: expect.stringContaining('being written') })

    await Promise.all([ctx, ctx, world.rotated(), world.another()].map((by) => writeBundle(by, proposal)))
    text = await (await world.download(proposal)).text()
    const first = await ctx.db.prisma.bundle.findUniqueOrThrow({ where: { proposalId: proposal } })
    await writeBundle(world.rotated(), proposal)
    expect(await ctx.db.prisma.bundle.findMany({ where: { proposalId: proposal } })).toEqual([first])
    expect(Buffer.byteLength(text)).toBe(Number(first.bytes))
    const end = JSON.parse(text.trimEnd().split('\n').at(-1) ?? '')
    const { lines, sha256, signature } = first
    expect(end).toEqual({ kind: 'end', lines, sha256, signature })
    expect(await world.failedChecks(proposal)).toEqual([])
  })

  test('is the same bytes for ever: later, after other keys, in another process', async () => {
    const next = await world.propose()
    await world.vote(next)
    await world.changeSettings()
    const withdrawal = world.send(signCancel(Ada, { proposal, timestamp: world.now() }))
    await expect(withdrawal).rejects.toThrow('its voting has ended')
    await openLogKey(world.rotated())
    for (const by of [world.ctx, world.rotated(), world.another(), world.deaf]) {
      expect(await (await world.download(proposal, {}, by)).text()).toBe(text)
    }
    await verifyBundle(world.rotated(), proposal)
    expect(await world.failedChecks(proposal)).toEqual([])
  })

  test('is a file to download, packed for those who like, and not sent twice', async () => {
    const { headers } = await world.download(proposal)
    expect(Object.fromEntries(headers)).toMatchObject({
      'content-type': 'application/x-ndjson',
      'content-length': String(Buffer.byteLength(text)),
      'content-disposition': `attachment; filename="comitia-test-${proposal.slice(2, 10)}.ndjson"`,
    })
    const packed = await world.download(proposal, { 'accept-encoding': 'br, gzip' })
    expect(packed.headers.has('content-length')).toBe(false)
    expect(gunzipSync(await packed.arrayBuffer()).toString()).toBe(text)
    const etag = headers.get('etag') ?? ''
    for (const tag of [etag, `W/${etag}`, `"x", ${etag}`, '*']) {
      expect((await world.download(proposal, { 'if-none-match': tag })).status).toBe(304)
    }
    expect((await world.download(proposal, { 'if-none-match': '"x"' })).status).toBe(200)
    const schema = await world.request('/api/schemas/bundle.json')
    expect(await schema.json()).toEqual(bundleJsonSchema())
  })

  test('is not there before voting is over, nor of what is no proposal', async () => {
    const open = await world.download(await world.propose())
    expect([open.status, Number(open.headers.get('retry-after'))]).toEqual([409, 107])
    expect((await world.download(`0x${'00'.repeat(32)}`)).status).toBe(404)
  })

  test('is written while chains are silent, and confirmed when they speak again', async () => {
    const { ctx, deaf } = world
    const quiet = await world.propose()
    await world.vote(quiet)
    await world.finish(quiet)
    const chainCheck = async () => {
      const { checks = [] } = (await findVerification(ctx.db, quiet)) ?? {}
      return Object.fromEntries(checks.map(({ id, status }) => [id, status]))
    }
    await writeBundle(deaf, quiet)
    expect(await chainCheck()).toMatchObject({ file: 'passed', chain: 'open', contracts: 'open' })
    await verifyBundle(ctx, quiet)
    expect(await chainCheck()).toMatchObject({ chain: 'passed', contracts: 'passed' })
    await verifyBundle(deaf, quiet)
    expect(await chainCheck()).toMatchObject({ chain: 'passed', contracts: 'passed' })
  })

  test('is verified again each day, the one verified longest ago first', async () => {
    const { ctx, clock } = world
    const states = () =>
      ctx.db.prisma.verification.findMany({ select: { proposalId: true, verifiedAt: true } })
    const before = await states()
    expect(await verifyBundles(ctx)).toBe(false)
    expect(await states()).toEqual(before)
    clock.advance(86_401)
    expect(await verifyBundles(ctx)).toBe(false)
    expect(new Set((await states()).map(({ verifiedAt }) => verifiedAt.getTime()))).toEqual(
      new Set([clock.now()]),
    )
  })

  test('is read from the database no further than somebody reads it', async () => {
    const { ctx } = world
    const large = await world.propose()
    world.clock.advance(2)
    const crowd = Array.from({ length: 260 }, () => privateKeyToAccount(generatePrivateKey()))
    await Promise.all(
      crowd.map(async (who) =>
        world.deafIngest.ingest(await signVote(who, { proposal: large, timestamp: world.now() })),
      ),
    )
    await world.finish(large)
    await writeBundle(ctx, large)
    let pages = 0
    const query: typeof ctx.db.query = (sql, values) => {
      if (sql.includes('left join votes')) pages += 1
      return ctx.db.query(sql, values)
    }
    const watched = { ...ctx, db: { ...ctx.db, query } }
    const reader = (await world.download(large, {}, watched)).body?.getReader()
    expect(pages).toBe(0)
    await reader?.read()
    await reader?.cancel()
    expect(pages).toBe(1)
    expect((await (await world.download(large, {}, watched)).text()).split('\n').length).toBeGreaterThan(260)
    expect(pages).toBe(3)
  })
})

/** What somebody with the database's password does to a closed proposal, and which of the server's checks say so. */
const lies: [name: string, sql: string, checks: string[]][] = [
  ['a choice on its page', `update votes set choice = '3' where log_index = $ballot`, ['records']],
  [
    'a choice that was signed',
    `update messages set envelope = replace(envelope, '"choice":1', '"choice":3') where log_index = $ballot`,
    ['file', 'inclusion', 'signatures', 'records'],
  ],
  [
    'a power',
    `update votes set power = power + 1, power_by_strategy[1] = power_by_strategy[1] + 1 where log_index = $ballot`,
    ['file', 'result'],
  ],
  [
    'a power, and the result with it',
    `update votes set power = power + 1, power_by_strategy[1] = power_by_strategy[1] + 1 where log_index = $ballot;
     update results set scores[1] = (scores[1]::numeric + 1)::text, scores_total = (scores_total::numeric + 1)::text,
       scores_by_strategy = jsonb_set(scores_by_strategy, '{0,0}',
         to_jsonb(((scores_by_strategy #>> '{0,0}')::numeric + 1)::text)) where proposal_id = $proposal`,
    ['file'],
  ],
  ['a title on its page', `update proposals set title = 'Other' where id = $proposal`, ['records']],
  [
    'a title that was signed',
    `update messages set envelope = replace(envelope, 'By basic', 'By chance') where id = $proposal`,
    ['file', 'inclusion', 'signatures', 'records'],
  ],
  [
    'a strategy’s parameter',
    `update proposals set strategies = jsonb_set(strategies, '{0,params,symbol}', '"OTHER"') where id = $proposal`,
    ['file', 'strategies', 'records'],
  ],
  [
    'a condition on voters',
    `update proposals set vote_validation = '{"name":"basic","params":{}}' where id = $proposal`,
    ['records'],
  ],
  [
    'the settings it was made under',
    `update proposals set settings_id = id where id = $proposal`,
    ['records'],
  ],
  [
    'a ballot dropped',
    'delete from votes where log_index = $ballot; delete from messages where log_index = $ballot',
    ['file', 'records'],
  ],
  [
    'a ballot put aside',
    'delete from votes where log_index = $ballot; update messages set proposal = id where log_index = $ballot',
    ['file', 'result'],
  ],
  [
    'a ballot put on its page',
    `insert into votes select (select max(log_index) + 1 from messages), 'made up', proposal_id, '0xme', choice, reason, app,
       metadata, timestamp, accepted_at, power, power_by_strategy, current, countable, provisional, space_id from votes where log_index = $ballot`,
    ['records'],
  ],
  [
    'a ballot put in the place of another message',
    `update messages set (kind, proposal, envelope) = (select kind, proposal, envelope from messages
       where log_index = $ballot) where log_index = $other`,
    ['file', 'inclusion', 'records'],
  ],
  [
    'two ballots in another order',
    `update messages set log_index = 1000000 where log_index = $ballot;
     update messages set log_index = $ballot where log_index = $ballot + 1;
     update messages set log_index = $ballot + 1 where log_index = 1000000`,
    ['file', 'inclusion', 'records'],
  ],
  [
    'a time',
    `update messages set accepted_at = accepted_at + interval '1 second' where log_index = $ballot`,
    ['file', 'inclusion', 'records'],
  ],
  ['the snapshot', `update proposals set snapshot = snapshot - 1 where id = $proposal`, ['records']],
  ['its hash', `update proposals set snapshot_hash = '0x00' where id = $proposal`, ['records']],
  [
    'its hash, wherever it stands',
    `update proposals set snapshot_hash = '0x' || repeat('ab', 32) where id = $proposal;
     update results set blocks = jsonb_set(blocks, '{0,hash}', to_jsonb('0x' || repeat('ab', 32)))
       where proposal_id = $proposal`,
    ['file'],
  ],
  [
    'the rule',
    `update proposals set rule = jsonb_set(rule, '{quorum,required}', '"1"') where id = $proposal`,
    ['file', 'rule'],
  ],
  [
    'the outcome',
    `update results set outcome = outcome || '{"status":"quorum-missed"}' where proposal_id = $proposal`,
    ['file', 'outcome'],
  ],
  ['nonsense for a rule', `update proposals set rule = '{}' where id = $proposal`, ['file']],
]

describe('a hostile operator', () => {
  const tables = ['messages', 'votes', 'proposals', 'results', 'verifications']
  let proposal: HexString
  let ballot: string
  let other: string

  /** As somebody whom no trigger stops. */
  const run = async (sql: string) => {
    const names = { proposal: `'${proposal}'`, ballot, other }
    const text = sql.replace(/\$(\w+)/g, (_, name: keyof typeof names) => names[name])
    await world.ctx.db.transaction(async (client) => {
      await client.query('set local session_replication_role = replica')
      await client.query(text)
    })
  }

  beforeAll(async () => {
    proposal = await world.propose()
    other = String(await world.logSize())
    await world.changeSettings('elsewhere')
    await world.vote(proposal)
    await world.finish(proposal)
    await writeBundle(world.ctx, proposal)
    const votes = await world.ctx.db.prisma.vote.findMany({
      where: { proposalId: proposal },
      orderBy: { logIndex: 'asc' },
    })
    ballot = String(votes[0]?.logIndex)
    for (const table of tables) await run(`create table backup_${table} as table ${table}`)
  })
  beforeEach(async () => {
    for (const table of tables) await run(`delete from ${table}; insert into ${table} table backup_${table}`)
  })

  test('who changes nothing is not accused', async () => {
    await verifyBundle(world.ctx, proposal)
    expect(await world.failedChecks(proposal)).toEqual([])
    expect((await world.audit(await world.download(proposal))).ok).toBe(true)
  })

  test.each(lies)('is named, who changes %s', async (_, sql, checks) => {
    const told: object[] = []
    const log = Object.assign(Object.create(world.ctx.log), { error: (line: object) => told.push(line) })
    await run(sql)
    await verifyBundle({ ...world.ctx, log }, proposal)
    expect(await world.failedChecks(proposal)).toEqual(expect.arrayContaining(checks))
    expect(told).toContainEqual(expect.objectContaining({ event: 'bundle.failed', proposal }))
    const isOfPages = checks.every((check) => check === 'records')
    const report = await world.audit(await world.download(proposal)).catch(() => ({ ok: false }))
    expect(report.ok).toBe(isOfPages)
  })

  test('who drops a ballot before anything is written is found by its receipt', async () => {
    const again = await world.propose()
    await world.vote(again)
    const { ctx } = world
    const [vote] = await ctx.db.prisma.vote.findMany({
      where: { proposalId: again },
      orderBy: { logIndex: 'asc' },
    })
    const index = String(vote?.logIndex)
    await run(`delete from votes where log_index = ${index};
      update messages set proposal = id where log_index = ${index};
      update proposals set snapshot_hash = '0x00' where id = '${again}'`)
    // As after a reorg, all is counted from nothing.
    await world.finish(again)
    await writeBundle(ctx, again)
    expect(await world.failedChecks(again)).toEqual([])
    const report = await world.audit(await world.download(again), await everythingKnown(again))
    expect(report.checks.filter(({ status }) => status === 'failed').map(({ id }) => id)).toEqual([
      ...['completeness', 'receipts'],
    ])
  })
})
