import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { type ApiClient, ApiError, createApiClient } from '../client/api'
import { proposalTypedData, settingsTypedData, voteTypedData } from '../client/typed-data'
import { rootOfLeaves } from '../core/log/tree'
import type { ProposalView } from '../core/views/proposal-view'
import { type RunningAnvil, startAnvil } from '../dev/anvil'
import { saveChain } from '../dev/chain-keeper'
import { findFreePort } from '../dev/free-port'
import { createTestDatabase, type TestDatabase } from '../testing/database'
import { createElectorate } from './bench/electorate'
import { createVoter } from './bench/voter'

const votes = 300
const concurrency = 20
const kills = 5

const voters = Array.from({ length: votes }, (_, number) => createVoter(number))
const dir = mkdtempSync(path.join(os.tmpdir(), 'comitia-crash-'))
let database: TestDatabase
let sql: pg.Client
let anvil: RunningAnvil
let port: number
let api: ApiClient
let block: number
const children = new Set<ChildProcess>()

beforeAll(async () => {
  database = await createTestDatabase()
  sql = new pg.Client({ connectionString: database.url })
  await sql.connect()
  anvil = await startAnvil({
    dir: path.join(dir, 'chain'),
    genesisTime: now() - 86_400,
    port: await findFreePort(),
  })
  const electorate = await createElectorate(anvil.rpcUrl, voters, 20)
  block = electorate.block
  await saveChain(anvil.rpcUrl, path.join(dir, 'chain'))
  port = await findFreePort()
  api = createApiClient(`http://127.0.0.1:${port}`)
  await start('serve', '--api-only')
  await untilAnswered()
  const settings = JSON.stringify({
    name: 'Crash',
    network: '31337',
    symbol: 'VOTE',
    strategies: [{ name: 'erc20-votes', params: { address: electorate.token } }],
  })
  await send(0, settingsTypedData({ ...speech(0), settings }))
}, 120_000)

afterAll(async () => {
  for (const child of children) child.kill('SIGKILL')
  await anvil?.stop()
  await sql?.end()
  await database?.drop()
  rmSync(dir, { recursive: true, force: true })
})

test('the server, killed at any moment, has kept every vote that it acknowledged, once', async () => {
  const table: object[] = []
  for (let round = 1; round <= kills; round++) {
    const proposal = await propose(3600, block + round)
    const bodies = voters.map((_, index) => voteBody(index, proposal))
    const killAfter = 20 + Math.floor(Math.random() * (votes - 60))
    const acknowledged = new Set<number>()
    let beforeKill = 0
    let server = serving
    let restarted: Promise<unknown> = Promise.resolve()
    let next = 0
    const post = async () => {
      for (let index = next++; index < votes; index = next++) {
        await untilAcknowledged(bodies[index] ?? '')
        acknowledged.add(index)
        if (acknowledged.size !== killAfter) continue
        beforeKill = acknowledged.size
        server?.kill('SIGKILL')
        server = undefined
        restarted = start('serve', '--api-only')
      }
    }
    await Promise.all(Array.from({ length: concurrency }, post))
    await restarted

    const { rows } = await sql.query<{ voter: string; count: string }>(
      'select voter, count(*) from votes where proposal_id = $1 group by voter',
      [proposal],
    )
    const view = await api.proposal(proposal)
    table.push({
      round,
      'killed after': beforeKill,
      acknowledged: acknowledged.size,
      'in the log': rows.length,
      lost: voters.filter(({ address }) => !rows.some((row) => row.voter === address)).length,
      doubled: rows.filter(({ count }) => count !== '1').length,
      'total = recount': await equalsRecount(proposal, view),
      ...(await checkLog()),
    })
  }
  console.table(table)
  expect(table).toEqual(
    table.map((row) => ({
      ...row,
      acknowledged: votes,
      'in the log': votes,
      lost: 0,
      doubled: 0,
      'total = recount': true,
      gaps: 0,
      root: 'right',
    })),
  )
}, 240_000)

test('a database that throws everybody out under load costs time, not votes', async () => {
  const proposal = await propose(3600, block + kills + 1)
  let isOver = false
  const interruptions = (async () => {
    for (; !isOver; await sleep(300)) {
      await sql.query(
        'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
      )
    }
  })()
  let next = 0
  const post = async () => {
    for (let index = next++; index < votes; index = next++) await untilAcknowledged(voteBody(index, proposal))
  }
  await Promise.all(Array.from({ length: concurrency }, post)).finally(() => {
    isOver = true
  })
  await interruptions
  expect(serving?.exitCode).toBeNull()
  const view = await api.proposal(proposal)
  expect(view).toMatchObject({ votes, pendingVotes: 0 })
  expect(await equalsRecount(proposal, view)).toBe(true)
  expect(await checkLog()).toEqual({ gaps: 0, root: 'right' })
}, 120_000)

test('a worker, killed in the middle of finalising, is taken over by the next one', async () => {
  const proposal = await propose(4, block + kills + 2)
  await Promise.all(voters.slice(0, 31).map((_, index) => untilAcknowledged(voteBody(index, proposal))))
  const first = await start('worker')
  // Whoever comes to writing the result waits here.
  await sql.query('begin')
  await sql.query('lock table results in access exclusive mode')
  const waiting = new pg.Client({ connectionString: database.url })
  waiting.on('error', () => {})
  await waiting.connect()
  await until('the worker to write its result', async () => {
    const { rowCount } = await waiting.query(
      `select 1 from pg_stat_activity where wait_event_type = 'Lock' and query like '%results%' and datname = current_database()`,
    )
    return (rowCount ?? 0) > 0
  })
  first.kill('SIGKILL')
  await sql.query('commit')
  const killed = Date.now()
  await start('worker')
  const view = await until('the result', async () => {
    const view = await api.proposal(proposal)
    return view.finalizedAt !== null && view
  })
  console.log(`result ${Date.now() - killed} ms after the worker was killed`)
  expect(view).toMatchObject({ state: 'passed', votes: 31 })
  const { rows } = await waiting.query('select count(*)::int as count from results where proposal_id = $1', [
    proposal,
  ])
  expect(rows).toEqual([{ count: 1 }])
  await waiting.end()
}, 90_000)

test('votes while the chain is killed wait for their power and count when it is back', async () => {
  const proposal = await propose(3600, block + kills + 3)
  await untilAcknowledged(voteBody(0, proposal))
  const { port } = new URL(anvil.rpcUrl)
  await anvil.stop()
  await Promise.all(voters.slice(1, 21).map((_, index) => untilAcknowledged(voteBody(index + 1, proposal))))
  expect(await api.proposal(proposal)).toMatchObject({ votes: 21, pendingVotes: 20 })
  expect(await api.health()).toMatchObject({ status: 'degraded', chains: [{ ok: false }] })
  anvil = await startAnvil({ dir: path.join(dir, 'chain'), genesisTime: now(), port: Number(port) })
  const view = await until('the powers', async () => {
    const view = await api.proposal(proposal)
    return view.pendingVotes === 0 && view
  })
  expect(await equalsRecount(proposal, view)).toBe(true)
  expect(BigInt(view.scoresTotal)).toBe(21n * 10n ** 18n)
}, 90_000)

let serving: ChildProcess | undefined

async function start(name: 'serve' | 'worker', ...args: string[]): Promise<ChildProcess> {
  const child = spawn(process.execPath, [inject('command'), name, ...args], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      PATH: process.env.PATH,
      NODE_ENV: 'test',
      HOST: '127.0.0.1',
      PORT: String(port),
      DATABASE_URL: database.url,
      RPC_URL_31337: anvil.rpcUrl,
      COMITIA_RPC_TIMEOUT_MS: '1000',
      COMITIA_DATA_DIR: dir,
      COMITIA_LOG_LEVEL: 'warn',
    },
  })
  children.add(child)
  child.once('exit', () => children.delete(child))
  if (name === 'serve') serving = child
  return child
}

/** Sends a message until the server says that it has it; one that is there already was committed before a crash. */
async function untilAcknowledged(body: string): Promise<void> {
  for (;;) {
    try {
      await api.sendMessage(JSON.parse(body))
      return
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      if (error.message === 'duplicate message') return
      if (!error.retry) throw error
      await sleep(100)
    }
  }
}

async function untilAnswered(): Promise<void> {
  await until('the server', () => api.health().catch(() => false as const), 30_000)
}

async function until<T>(what: string, read: () => Promise<T | false>, ms = 30_000): Promise<T> {
  for (const deadline = Date.now() + ms; ; ) {
    const value = await read()
    if (value !== false) return value
    if (Date.now() > deadline) throw new Error(`timed out waiting for ${what}`)
    await sleep(100)
  }
}

/** The running totals against the sum over the ballots themselves. */
async function equalsRecount(proposal: string, view: ProposalView): Promise<boolean> {
  const { rows } = await sql.query<{ option: number; power: string }>(
    `select choice::text::int as option, sum(power)::text as power from votes
     where proposal_id = $1 and current group by 1 order by 1`,
    [proposal],
  )
  const scores = view.choices.map((_, index) => rows.find(({ option }) => option === index + 1)?.power ?? '0')
  return JSON.stringify(scores) === JSON.stringify(view.scores)
}

/** Whether log indexes have no gap, and the root is that of the leaves. */
async function checkLog(): Promise<{ gaps: number; root: string }> {
  const { rows } = await sql.query<{ log_index: string; leaf_hash: Buffer }>(
    'select log_index, leaf_hash from messages order by log_index',
  )
  const state = await sql.query<{ size: string; root: Buffer }>('select size, root from log_state')
  const root = rootOfLeaves(rows.map((row) => new Uint8Array(row.leaf_hash)))
  const [log] = state.rows
  const isRight = log?.size === String(rows.length) && Buffer.compare(Buffer.from(root), log.root) === 0
  return {
    gaps: rows.filter((row, index) => row.log_index !== String(index)).length,
    root: isRight ? 'right' : 'wrong',
  }
}

async function propose(seconds: number, snapshot: number): Promise<string> {
  const title = `Proposal at block ${snapshot}`
  const choices = ['For', 'Against', 'Abstain']
  const period = { start: now(), end: now() + seconds }
  const text = { type: 'basic', title, body: '', choices, plugins: '{}' }
  return (await send(0, proposalTypedData({ ...speech(0), ...text, ...period, snapshot }))).id
}

function voteBody(index: number, proposal: string): string {
  const voter = voters[index]
  if (!voter) throw new RangeError(`voter ${index}`)
  const choice = (index % 3) + 1
  return voter.sign(voteTypedData({ ...speech(index), proposal, ballot: 'single', choice }))
}

async function send(index: number, typedData: Parameters<(typeof voters)[number]['sign']>[0]) {
  return api.sendMessage(JSON.parse(voters[index]?.sign(typedData) ?? ''))
}

function speech(index: number) {
  const from = voters[index]?.address ?? '0x'
  return { from, space: 'crash', timestamp: now() } as const
}

function now(): number {
  return Math.floor(Date.now() / 1000)
}
