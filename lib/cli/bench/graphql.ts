import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, loadavg, tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { AppError } from '../../core/errors'
import { applyMigrations } from '../../db/migrate'
import { startPostgres } from '../../dev/embedded-postgres'
import { type FilledHub, fillHub } from './fill-hub'
import { startServer } from './start-server'

/** Times each question is asked, after once that does not count. */
const TIMES = 15

/**
 * How long GraphQL takes over HTTP where a proposal has `--votes` ballots (1,000,000), the client on the same machine.
 * Uses a database of its own.
 */
export async function benchGraphql(args: readonly string[]): Promise<void> {
  const votes = readVotes(args)
  const dir = mkdtempSync(path.join(tmpdir(), 'comitia-bench-'))
  const ends: (() => Promise<unknown> | unknown)[] = [() => rmSync(dir, { recursive: true, force: true })]
  try {
    console.log(`Writing ${votes.toLocaleString('en')} ballots …`)
    const postgres = await startPostgres({
      dir: path.join(dir, 'postgres'),
      database: 'bench',
      // For the writing alone: what is measured reads.
      settings: { fsync: 'off', max_wal_size: '8GB' },
    })
    ends.push(() => postgres.stop())
    await applyMigrations(postgres.url)
    const startedAt = performance.now()
    const hub = await fillHub(postgres.url, votes)
    console.log(`… in ${((performance.now() - startedAt) / 1000).toFixed(0)} s`)
    const server = await startServer(dir, { DATABASE_URL: postgres.url, COMITIA_RATE_LIMIT: '0' })
    ends.push(server.stop)
    await measure(`${server.url}/graphql`, hub)
  } finally {
    for (const end of ends.reverse()) await end()
  }
}

function readVotes(args: readonly string[]): number {
  try {
    const { votes } = parseArgs({
      args: [...args],
      options: { votes: { type: 'string', default: '1000000' } },
    }).values
    if (/^[1-9][0-9]{3,7}$/.test(votes)) return Number(votes)
  } catch {
    // No such option.
  }
  throw new AppError('misconfigured', { message: 'usage: comitia bench graphql [--votes 1000000]' })
}

type Ask = (query: string) => Promise<Record<string, unknown>>

async function measure(url: string, hub: FilledHub): Promise<void> {
  const ask: Ask = async (query) => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    })
    const { data, errors } = (await response.json()) as { data: Record<string, unknown>; errors?: unknown }
    if (errors) throw new Error(JSON.stringify(errors))
    return data
  }
  console.log('\nquestion                                             rows   median ms   slowest ms')
  for (const [name, query] of await questions(ask, hub)) {
    // The first time reads from the disk, and may take longer than a question may.
    const data = await ask(query).catch(() => ask(query))
    const times: number[] = []
    for (let i = 0; i < TIMES; i++) {
      const startedAt = performance.now()
      await ask(query)
      times.push(performance.now() - startedAt)
    }
    times.sort((a, b) => a - b)
    const rows = Object.values(data).reduce<number>(
      (sum, list) => sum + (Array.isArray(list) ? list.length : 0),
      0,
    )
    console.log(
      [
        name.padEnd(50),
        String(rows).padStart(6),
        (times[TIMES >> 1] ?? 0).toFixed(1).padStart(11),
        (times.at(-1) ?? 0).toFixed(1).padStart(12),
      ].join(' '),
    )
  }
  const load = loadavg().map((value) => value.toFixed(1))
  console.log(`\nLoad of the machine: ${load.join(' ')} on ${cpus().length} cores`)
}

const fields = '{ id ipfs voter created choice vp vp_by_strategy vp_state reason app }'

async function questions(ask: Ask, { space, proposal, voter, voters }: FilledHub) {
  const votes = (where: string, rest: string, selection = fields) =>
    `{ votes(where: {${where}}, ${rest}) ${selection} }`
  const ours = `proposal: "${proposal}"`
  /** The cursor of a row close to the end of an order. */
  const nearEnd = async (order: string, bound: string) => {
    const data = await ask(votes(`${ours}, ${bound}`, `orderBy: "${order}", first: 500`, '{ cursor }'))
    const [row] = data.votes as { cursor: string }[]
    if (!row) throw new Error('there is no end')
    return `orderBy: "${order}", after: "${row.cursor}"`
  }
  const newestEnd = await nearEnd('created', 'created_lte: 1790000025')
  const powerEnd = await nearEnd('vp', 'vp_lte: 1')
  return [
    ['first page, newest first, 100', votes(ours, 'first: 100')],
    ['first page, newest first, 1000', votes(ours, 'first: 1000')],
    ['first page, by power, 100', votes(ours, 'first: 100, orderBy: "vp"')],
    ['first page, by power, 1000', votes(ours, 'first: 1000, orderBy: "vp"')],
    ['1000 after skip 5000, newest first', votes(ours, 'first: 1000, skip: 5000')],
    ['1000 after skip 5000, by power', votes(ours, 'first: 1000, skip: 5000, orderBy: "vp"')],
    ['last 100 by cursor, newest first', votes(ours, `first: 100, ${newestEnd}`)],
    ['last 100 by cursor, by power', votes(ours, `first: 100, ${powerEnd}`)],
    ['1000 with power at most 10', votes(`${ours}, vp_lte: 10`, 'first: 1000, orderBy: "vp"')],
    ['one voter, by time and proposal', votes(`${ours}, voter: "${voter}"`, 'first: 1')],
    ['100 voters of the proposal', votes(`${ours}, voter_in: ${JSON.stringify(voters)}`, 'first: 100')],
    ['a voter across proposals, 1000', votes(`voter: "${voter}"`, 'first: 1000')],
    [
      'a voter across proposals, with each proposal',
      votes(
        `voter: "${voter}"`,
        'first: 1000',
        '{ id choice vp proposal { id title state } space { id name } }',
      ),
    ],
    ['votes of a space, newest first, 1000', votes(`space: "${space}"`, 'first: 1000')],
    ['votes of all spaces, newest first, 1000', votes('', 'first: 1000')],
    ['all votes counted', `{ votesCount(where: {${ours}}) }`],
    [
      'a proposal’s page: scores, 100 votes, the voter’s own',
      `{ proposal(id: "${proposal}") { id title body choices scores scores_by_strategy scores_total votes state
           space { id name } rule { text } }
         votes(where: {${ours}}, first: 100, orderBy: "vp") ${fields}
         own: votes(where: {${ours}, voter: "${voter}"}) ${fields} }`,
    ],
    [
      'a space’s 20 proposals with scores',
      `{ proposals(where: {space: "${space}"}) { id title state scores scores_total votes } }`,
    ],
    ['newest 1000 messages', '{ messages(first: 1000) { mci id type address space ipfs } }'],
    [
      '1000 messages after the 900,000th',
      '{ messages(first: 1000, where: {mci_gt: 900000}, orderBy: "mci", orderDirection: asc) { mci id type ipfs } }',
    ],
  ] as const
}
