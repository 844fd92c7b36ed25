import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { proposalTypedData, settingsTypedData, voteTypedData } from '../../client/typed-data'
import { startAnvil } from '../../dev/anvil'
import { startPostgres } from '../../dev/embedded-postgres'
import { createElectorate } from './electorate'
import { postMany } from './post-many'
import { startServer } from './start-server'
import { createVoter } from './voter'

const levels = [
  { concurrency: 1, votes: 200 },
  { concurrency: 10, votes: 1_000 },
  { concurrency: 50, votes: 2_000 },
] as const

/**
 * Votes a second over HTTP, the client on the same machine: ECDSA checked, power read from a token's checkpoints
 * on a chain (each voter once, nothing cached), appended to the log with an fsync, receipt signed. Uses a
 * database of its own, on the server of DATABASE_URL where that is set, and a local chain of its own.
 */
export async function benchVotes(): Promise<void> {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'comitia-bench-'))
  const ends: (() => Promise<unknown> | unknown)[] = [() => rmSync(dir, { recursive: true, force: true })]
  try {
    await measure(dir, ends)
  } finally {
    for (const end of ends.reverse()) await end()
  }
}

async function measure(dir: string, ends: (() => Promise<unknown> | unknown)[]): Promise<void> {
  console.log('Preparing a database, a chain and 2,000 voters …')
  const database = await openDatabase(dir)
  ends.push(database.drop)
  const chain = await startAnvil({ dir: path.join(dir, 'chain'), genesisTime: now() - 86_400 })
  ends.push(() => chain.stop())
  const voters = Array.from({ length: Math.max(...levels.map(({ votes }) => votes)) }, (_, index) =>
    createVoter(index),
  )
  const { token, block } = await createElectorate(chain.rpcUrl, voters, 10)

  const { url, api, stop } = await startServer(dir, {
    DATABASE_URL: database.url,
    RPC_URL_31337: chain.rpcUrl,
  })
  ends.push(stop)

  const [admin] = voters
  if (!admin) return
  const speech = () => ({ from: admin.address, space: 'bench', timestamp: now() })
  const settings = JSON.stringify({
    name: 'Bench',
    network: '31337',
    symbol: 'VOTE',
    strategies: [{ name: 'erc20-votes', params: { address: token } }],
  })
  await api.sendMessage(JSON.parse(admin.sign(settingsTypedData({ ...speech(), settings }))))

  console.log('\nconcurrency   votes   votes/s   median ms   99% ms')
  for (const [index, { concurrency, votes }] of levels.entries()) {
    const { id } = await api.sendMessage(
      JSON.parse(
        admin.sign(
          proposalTypedData({
            ...speech(),
            type: 'basic',
            title: `Concurrency ${concurrency}`,
            body: '',
            choices: ['For', 'Against', 'Abstain'],
            start: now(),
            end: now() + 3600,
            // A block of its own, so that no power is known from an earlier level.
            snapshot: block + index,
            plugins: '{}',
          }),
        ),
      ),
    )
    const bodies = voters.slice(0, votes).map((voter, number) =>
      voter.sign(
        voteTypedData({
          from: voter.address,
          space: 'bench',
          timestamp: now(),
          proposal: id,
          ballot: 'single',
          choice: (number % 3) + 1,
        }),
      ),
    )
    const { seconds, latenciesMs, refusals } = await postMany(`${url}/`, bodies, concurrency)
    for (const [text, count] of refusals) console.log(`refused ${count} times: ${text}`)
    const counted = await api.proposal(id)
    if (counted.votes !== votes || counted.pendingVotes !== 0)
      throw new Error(
        `${votes} votes were sent, ${counted.votes} count, ${counted.pendingVotes} wait for their power`,
      )
    const quantile = (q: number) => (latenciesMs[Math.floor(latenciesMs.length * q)] ?? 0).toFixed(1)
    console.log(
      [
        String(concurrency).padStart(11),
        String(votes).padStart(7),
        (votes / seconds).toFixed(0).padStart(9),
        quantile(0.5).padStart(11),
        quantile(0.99).padStart(8),
      ].join(' '),
    )
  }
}

/** A database that goes when the measurement ends. */
async function openDatabase(dir: string): Promise<{ url: string; drop(): Promise<void> }> {
  const server = process.env.DATABASE_URL
  if (!server) {
    const postgres = await startPostgres({ dir: path.join(dir, 'postgres'), database: 'bench' })
    return { url: postgres.url, drop: () => postgres.stop() }
  }
  const name = `comitia_bench_${randomBytes(4).toString('hex')}`
  const administer = async (sql: string) => {
    const client = new pg.Client({ connectionString: server })
    await client.connect()
    await client.query(sql).finally(() => client.end())
  }
  await administer(`create database ${name}`)
  const url = new URL(server)
  url.pathname = `/${name}`
  return { url: url.href, drop: () => administer(`drop database ${name} with (force)`) }
}

function now(): number {
  return Math.floor(Date.now() / 1000)
}
