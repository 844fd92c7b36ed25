import { type ChildProcess, spawn } from 'node:child_process'
import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest'
import type { HexString } from '../core/views/hex-string'
import { createDatabase } from '../db/client'
import {
  type HubServer,
  messageRow,
  proposalRow,
  spaceRow,
  startHubServer,
  voteRow,
} from '../services/remote-hub/hub-server.suite'
import { accounts } from '../testing/accounts'
import { createTestDatabase, type TestDatabase } from '../testing/database'
import { type SignedEnvelope, signProposal, signSettings, signVote } from '../testing/factories'

const { Ada, Ben, Chloe, Dan } = accounts
const start = Math.floor(Date.now() / 1000) - 600
const children = new Set<ChildProcess>()

let database: TestDatabase
let hub: HubServer
let proposal: HexString

beforeAll(async () => {
  database = await createTestDatabase()
  hub = await startHubServer()
  const settings = await signSettings(Ada, { space: 'test', timestamp: start - 100 })
  const signed = await signProposal(Ada, { timestamp: start - 10, start, end: start + 3600 })
  const row = proposalRow(signed, { state: 'active', scores_state: 'pending' })
  proposal = row.id as HexString
  hub.data.space = spaceRow('test')
  hub.data.proposals = [row]
  hub.data.messages = [messageRow(settings, 1), messageRow(signed, 2)]
  await show(await signVote(Ben, { proposal, timestamp: start + 10 }))
})
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL')
  await hub.stop()
  await database.drop()
})

/** Has the hub show one more vote. */
async function show(envelope: SignedEnvelope): Promise<void> {
  hub.data.messages.push(messageRow(envelope, hub.data.messages.length + 1))
  hub.data.votes.push(voteRow(envelope))
}

/** Runs the command beside this process. `said` is what it wrote so far, `ended` its exit code. */
function run(...args: string[]) {
  const child = spawn(process.execPath, [inject('command'), 'import', ...args], {
    stdio: 'pipe',
    env: { NODE_ENV: 'production', DATABASE_URL: database.url },
  })
  children.add(child)
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      said += chunk
    })
  }
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  return { said: () => said, ended, interrupt: () => child.kill('SIGINT') }
}

const source = () => ['--from', hub.url, '--space', 'test']
const voters = async () => {
  const db = createDatabase({ url: database.url, poolSize: 1 })
  try {
    const { rows } = await db.query<{ voter: string }>('select voter from votes order by log_index')
    return rows.map(({ voter }) => voter)
  } finally {
    await db.close()
  }
}

test('a space is copied and followed, whatever its hub does meanwhile, until Ctrl-C', async () => {
  const command = run(...source(), '--mirror', '--every', '1')
  const says = (text: string) =>
    vi.waitFor(() => expect(command.said()).toContain(text), { timeout: 20_000, interval: 50 })
  await says(`test: 1 proposal, 1 vote, 0 follows, 0 statements from ${hub.url}. `)
  await says('Ctrl-C ends it.')

  hub.intervene = (response) => {
    response.writeHead(404).end()
    return true
  }
  await says('has nothing at /graphql')
  hub.intervene = undefined
  await show(await signVote(Chloe, { proposal, timestamp: start + 20 }))
  await says('test: 1 proposal, 2 votes, ')
  expect(await voters()).toEqual([Ben.address, Chloe.address])

  command.interrupt()
  expect(await command.ended).toBe(0)
  await show(await signVote(Dan, { proposal, timestamp: start + 30 }))
  const again = run(...source())
  expect(await again.ended).toBe(0)
  expect(again.said()).toContain('3 votes')
  expect(await voters()).toHaveLength(3)
}, 60_000)

test.each([
  [[], 2, /^usage: comitia import --from/],
  [['--from', 'nowhere', '--space', 'test'], 2, /--from must be a URL: nowhere/],
  [['--from', 'http://127.0.0.1:1', '--space', 'test'], 1, /127\.0\.0\.1:1 cannot be reached/],
  [['--help'], 0, /^usage: comitia import --from/],
])('%j ends with %i', async (args, code, words) => {
  const command = run(...args)
  expect(await command.ended).toBe(code)
  expect(command.said()).toMatch(words)
})
