import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { AppError } from '../core/errors'
import { rootOfLeaves } from '../core/log/tree'
import { applyMigrations } from '../db/migrate'
import { listCells } from '../db/tally/list-cells'
import { type RunningPostgres, startPostgres } from '../dev/embedded-postgres'
import { accounts } from '../testing/accounts'
import { startTestChain, type TestChain } from '../testing/chain'
import { createTestContext, type TestContext } from '../testing/context'
import { type SignedEnvelope, signProposal, signSettings, signVote } from '../testing/factories'
import { fixedClock } from '../testing/fixed-clock'
import { createIngest, type Ingest } from './ingest'

const now = 1_800_000_000
const folder = mkdtempSync(path.join(os.tmpdir(), 'comitia-outage-'))
const dir = path.join(folder, 'pg')
let postgres: RunningPostgres
let chain: TestChain
let ctx: TestContext
let ingest: Ingest

const start = (port?: number) => startPostgres({ dir, database: 'outage', ...(port && { port }) })

beforeAll(async () => {
  postgres = await start()
  await applyMigrations(postgres.url)
  chain = await startTestChain()
  await chain.mine(5)
  ctx = await createTestContext({
    clock: fixedClock(now),
    rpcUrls: { 31337: chain.rpcUrl },
    database: { url: postgres.url, drop: async () => {} },
  })
  ingest = createIngest(ctx)
  await ingest.ingest(await signSettings(accounts.Ada, { timestamp: now }))
})
afterAll(async () => {
  await ingest?.close()
  await ctx?.close()
  await chain?.stop()
  await postgres?.stop()
  rmSync(folder, { recursive: true, force: true })
})

async function signBallots(proposal: `0x${string}`, voters: number): Promise<SignedEnvelope[]> {
  return Promise.all(
    Array.from({ length: voters }, (_, i) =>
      signVote(privateKeyToAccount(generatePrivateKey()), { proposal, timestamp: now, choice: 1 + (i % 3) }),
    ),
  )
}

/** Every answer is a receipt, or says that the database is away. */
async function sendAll(envelopes: readonly SignedEnvelope[], concurrency: number, onAnswer: () => void) {
  const queue = [...envelopes]
  const answers = new Map<SignedEnvelope, string | AppError>()
  const send = async () => {
    for (let envelope = queue.shift(); envelope; envelope = queue.shift()) {
      const answer = await ingest.ingest(envelope).then(
        ({ id }) => id,
        (error: unknown) => error as AppError,
      )
      answers.set(envelope, answer)
      onAnswer()
    }
  }
  await Promise.all(Array.from({ length: concurrency }, send))
  return answers
}

test.each([
  ['restarted', (pid: number) => process.kill(pid, 'SIGINT')],
  ['killed', (pid: number) => process.kill(pid, 'SIGKILL')],
])(
  'Postgres %s under load: what was answered is there once, the rest can be sent again',
  async (how, stop) => {
    const title = `While Postgres is ${how}`
    const proposal = (await ingest.ingest(await signProposal(accounts.Ada, { timestamp: now, title }))).id
    const envelopes = await signBallots(proposal, 300)
    const port = Number(new URL(postgres.url).port)
    let answered = 0
    let restart: Promise<void> | undefined
    const answers = await sendAll(envelopes, 20, () => {
      if (++answered === 60) {
        stop(Number(readFileSync(path.join(dir, 'postmaster.pid'), 'utf8').split('\n')[0]))
        restart = postgres.ended.then(async () => {
          postgres = await start(port)
        })
      }
    })
    await restart
    expect(existsSync(path.join(dir, 'postmaster.pid'))).toBe(true)

    const failures = [...answers].filter(([, answer]) => answer instanceof AppError)
    expect(failures.length).toBeGreaterThan(0)
    for (const [, error] of failures) {
      expect(error).toMatchObject({ code: 'database_unavailable', status: 503 })
    }
    const stored = new Set(
      (await ctx.db.prisma.vote.findMany({ where: { proposalId: proposal } })).map(({ id }) => id),
    )
    for (const answer of answers.values()) {
      if (typeof answer === 'string') expect(stored).toContain(answer)
    }

    const again = await sendAll(
      failures.map(([envelope]) => envelope),
      20,
      () => {},
    )
    for (const answer of again.values()) {
      // One whose commit landed although its answer was lost.
      if (typeof answer !== 'string') expect(answer.message).toBe('duplicate message')
    }
    await expectWholeLog()
    const row = await ctx.db.prisma.proposal.findUniqueOrThrow({ where: { id: proposal } })
    expect(row.voteCount).toBe(300)
    const cells = await listCells(ctx.db, [proposal])
    const sums = Object.fromEntries(cells.map(({ key, sum }) => [key, sum]))
    const hundred = 100n * 10n ** 18n
    expect(sums).toEqual({ 1: hundred, 2: hundred, 3: hundred, total: 3n * hundred, ballots: 300n })
  },
)

async function expectWholeLog(): Promise<void> {
  const rows = await ctx.db.prisma.message.findMany({ orderBy: { logIndex: 'asc' } })
  expect(rows.map(({ logIndex }) => Number(logIndex))).toEqual(rows.map((_, i) => i))
  const state = await ctx.db.prisma.logState.findFirstOrThrow()
  expect(Number(state.size)).toBe(rows.length)
  expect(Buffer.from(state.root).equals(rootOfLeaves(rows.map(({ leafHash }) => leafHash)))).toBe(true)
}
