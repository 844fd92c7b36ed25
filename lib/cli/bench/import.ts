import { mkdtempSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { createAdaptorServer } from '@hono/node-server'
import { createApi } from '../../api/app'
import { proposalTypedData, settingsTypedData, voteTypedData } from '../../client/typed-data'
import { AppError } from '../../core/errors'
import { startAnvil } from '../../dev/anvil'
import { startPostgres } from '../../dev/embedded-postgres'
import { createIngest, type Ingest } from '../../ingest/ingest'
import { systemClock } from '../../platform/clock'
import { readEnv } from '../../platform/env'
import { createContext, type OpenContext } from '../../services/create-context'
import { importSpace } from '../../services/import/import-space'
import { finalizeProposal } from '../../services/proposal/finalize-proposal'
import { openHub } from '../../services/remote-hub/remote-hub'
import { createTransport } from '../../services/remote-hub/transport'
import { printReport } from '../import/print-report'
import { prepareDatabase } from '../prepare-database'
import { createVoter } from './voter'

const types = ['single-choice', 'approval', 'ranked-choice', 'weighted'] as const
const choices = ['Red', 'Green', 'Blue']
const PERIOD = 3600
/** Votes taken at once. */
const BATCH = 250

/**
 * How long it takes to copy a space with that many votes from another installation, each signature checked and each vote
 * counted again, and whether the counts agree. Both have a Postgres of their own on this machine; HTTP is between them.
 */
export async function benchImport([count = '10000']: readonly string[]): Promise<void> {
  const votes = Number(count)
  if (!Number.isInteger(votes) || votes < types.length) {
    throw new AppError('misconfigured', { message: 'usage: comitia bench import [<votes>]' })
  }
  const dir = mkdtempSync(path.join(os.tmpdir(), 'comitia-bench-'))
  const ends: (() => Promise<unknown> | unknown)[] = [() => rmSync(dir, { recursive: true, force: true })]
  try {
    await measure(dir, votes, ends)
  } finally {
    for (const end of ends.reverse()) await end()
  }
}

async function measure(
  dir: string,
  votes: number,
  ends: (() => Promise<unknown> | unknown)[],
): Promise<void> {
  console.log(`Preparing two installations and ${votes.toLocaleString('en')} votes …`)
  const chain = await startAnvil({ dir: path.join(dir, 'chain'), genesisTime: now() - 86_400 })
  ends.push(() => chain.stop())
  const open = async (name: string, offsetMs: () => number): Promise<OpenContext> => {
    const postgres = await startPostgres({ dir: path.join(dir, name), database: 'bench' })
    ends.push(() => postgres.stop())
    const env = readEnv('serve', {
      NODE_ENV: 'test',
      DATABASE_URL: postgres.url,
      RPC_URL_31337: chain.rpcUrl,
      COMITIA_DATA_DIR: path.join(dir, `${name}-data`),
      COMITIA_LOG_LEVEL: 'warn',
    })
    const ctx = { ...createContext(env, 'serve'), clock: { now: () => systemClock.now() + offsetMs() } }
    ends.push(() => ctx.close())
    await prepareDatabase(ctx)
    return ctx
  }
  let offsetMs = 0
  const there = await open('hub', () => offsetMs)
  const here = await open('copy', () => offsetMs)
  const ingest = createIngest(there)
  ends.push(() => ingest.close())
  const ids = await vote(there, ingest, votes)
  offsetMs = (PERIOD + 60) * 1000
  for (const id of ids) await finalizeProposal(there, id)

  const server = createAdaptorServer({ fetch: createApi(there, ingest).fetch })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  ends.push(() => server.close())
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  console.log('\nFirst run:')
  for (const title of ['', '\nSecond run:']) {
    if (title) console.log(title)
    const transport = createTransport()
    const hub = await openHub(url, transport)
    const cpu = process.cpuUsage()
    const report = await importSpace(here, { transport, hub, chains: here.chains }, 'bench')
    const { user, system } = process.cpuUsage(cpu)
    printReport(report, (line) => console.log(line))
    const perSecond = (report.added / report.tookMs) * 1000
    console.log(
      `${perSecond.toFixed(0)} messages a second; ${((user + system) / 1e6).toFixed(1)} s of CPU, the hub's own work in it.`,
    )
  }
}

/** Proposals of several voting systems with that many votes between them. */
async function vote({ clock }: OpenContext, ingest: Ingest, votes: number): Promise<`0x${string}`[]> {
  const voters = Array.from({ length: Math.ceil(votes / types.length) }, (_, index) => createVoter(index))
  const [admin] = voters
  if (!admin) return []
  const seconds = () => Math.floor(clock.now() / 1000)
  const send = async (body: string) => (await ingest.ingest(JSON.parse(body))).id
  const speech = () => ({ from: admin.address, space: 'bench', timestamp: seconds() })
  const settings = JSON.stringify({
    name: 'Bench',
    network: '31337',
    strategies: [{ name: 'ticket', params: { value: 3 } }],
  })
  await send(admin.sign(settingsTypedData({ ...speech(), settings })))
  const ids: `0x${string}`[] = []
  let sent = 0
  for (const type of types) {
    const start = seconds()
    const text = { type, title: `By ${type}`, body: 'Lorem ipsum.', choices, plugins: '{}' }
    const proposal = await send(
      admin.sign(proposalTypedData({ ...speech(), ...text, start, end: start + PERIOD, snapshot: 0 })),
    )
    ids.push(proposal)
    const mine = voters.slice(0, Math.min(voters.length, votes - sent))
    sent += mine.length
    for (let i = 0; i < mine.length; i += BATCH) {
      await Promise.all(
        mine.slice(i, i + BATCH).map((voter, index) => {
          const reason = index % 5 === 0 ? 'I have read it.' : ''
          const common = { from: voter.address, space: 'bench', timestamp: seconds(), proposal, reason }
          return send(voter.sign(voteTypedData({ ...common, ...ballotOf(type, i + index) })))
        }),
      )
    }
  }
  return ids
}

function ballotOf(type: (typeof types)[number], number: number) {
  const first = (number % 3) + 1
  const second = (first % 3) + 1
  switch (type) {
    case 'single-choice':
      return { ballot: 'single', choice: first } as const
    case 'approval':
      return { ballot: 'multiple', choice: number % 2 ? [first] : [first, second] } as const
    case 'ranked-choice':
      return { ballot: 'ranked', choice: [first, second, (second % 3) + 1] } as const
    case 'weighted':
      return { ballot: 'weighted', choice: { [first]: 1 + (number % 7), [second]: 2 } } as const
  }
}

function now(): number {
  return Math.floor(Date.now() / 1000)
}
