import pg from 'pg'
import { PlainError } from './run-program.mjs'

/** Demo mode: asked for, or neither a database nor a chain is configured. Throws when `COMITIA_DEMO` says neither. */
export function isDemo(environment: NodeJS.ProcessEnv): boolean {
  const asked = environment.COMITIA_DEMO
  if (asked && !['0', '1'].includes(asked)) throw new PlainError('COMITIA_DEMO must be 0 or 1.')
  if (asked) return asked === '1'
  return !environment.DATABASE_URL && configuredChains(environment).length === 0
}

/** Throws when the environment would let the demo, whose keys everybody knows, touch a real chain. */
export function requireLocalChain(environment: NodeJS.ProcessEnv): void {
  const other = configuredChains(environment).find((id) => id !== '31337')
  if (other)
    throw new PlainError(`The demo accepts no chain but 31337: unset RPC_URL_${other} or COMITIA_DEMO.`)
}

/** Ids of the chains that have an RPC URL in the environment. */
function configuredChains(environment: NodeJS.ProcessEnv): string[] {
  const names = Object.keys(environment).filter((name) => name.startsWith('RPC_URL_') && environment[name])
  return names.map((name) => name.slice('RPC_URL_'.length))
}

/** Comments on a database that the demo filled, and on one that it began to fill. */
const FILLED = 'Comitia demo'
const BEGUN = 'Comitia demo, not yet filled'

/**
 * Makes an empty database the demo's own, and empties one that it began to fill when it was stopped. Throws, having
 * written nothing, when the database holds something and bears no mark of the demo: it belongs to somebody.
 */
export async function claimDatabase(url: string): Promise<void> {
  await withClient(url, async (client) => {
    const { rows } = await client.query<{ name: string; mark: string | null; tables: number }>(
      `select datname as name, shobj_description(oid, 'pg_database') as mark,
         (select count(*)::int from pg_tables where schemaname not in ('pg_catalog', 'information_schema')) as tables
       from pg_database where datname = current_database()`,
    )
    const { name = '', mark = null, tables = 0 } = rows[0] ?? {}
    if (mark === FILLED) return
    if (mark === BEGUN)
      await client.query(
        'drop schema if exists graphile_worker cascade; drop schema public cascade; create schema public',
      )
    else if (tables > 0)
      throw new PlainError(`The demo does not touch the database "${name}": it holds something else.`)
    else await comment(client, BEGUN)
  })
}

/** Says that the database is filled: from now on what it holds is kept. */
export async function keepDatabase(url: string): Promise<void> {
  await withClient(url, (client) => comment(client, FILLED))
}

async function comment(client: pg.Client, text: string): Promise<void> {
  const { rows } = await client.query<{ name: string }>('select current_database() as name')
  const name = client.escapeIdentifier(rows[0]?.name ?? '')
  await client.query(`comment on database ${name} is ${client.escapeLiteral(text)}`)
}

async function withClient(url: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect().catch((error: Error) => {
    throw new PlainError(
      `DATABASE_URL: the database at ${new URL(url).host} does not answer: ${error.message}`,
    )
  })
  try {
    await work(client)
  } finally {
    await client.end()
  }
}
