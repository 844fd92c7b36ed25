import { createHash, randomUUID } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { AppError } from '../core/errors'
import { translateError } from './translate-error'

/**
 * Applies what is missing of `prisma/migrations`, in order, each in a transaction of its own, and answers with
 * the names of what it applied. Processes that start together do it once: they queue for the lock that `prisma
 * migrate` takes too, and record what they did as it does, so both can be used on one database.
 *
 * Throws `misconfigured` when an applied migration's file has changed since or Prisma left one half-applied,
 * `database_unavailable` when Postgres cannot be used.
 */
export async function applyMigrations(url: string, directory = MIGRATIONS): Promise<readonly string[]> {
  const migrations = await readMigrations(directory)
  const client = new pg.Client({ connectionString: url })
  // The query that a broken connection belongs to fails by itself; the event alone would end the process.
  client.on('error', () => {})
  try {
    await client.connect()
    // Held by the session, so it ends with it, whatever happens below.
    await client.query('select pg_advisory_lock($1)', [PRISMA_LOCK])
    await client.query(CREATE_TABLE)
    const applied = await readApplied(client)
    const names: string[] = []
    for (const migration of migrations) {
      const checksum = applied.get(migration.name)
      if (checksum === undefined) {
        await apply(client, migration)
        names.push(migration.name)
      } else if (checksum !== migration.checksum) {
        throw misconfigured(`Migration ${migration.name} was changed after it was applied to this database.`)
      }
    }
    return names
  } catch (error) {
    throw translateError(error)
  } finally {
    await client.end().catch(() => {})
  }
}

interface Migration {
  readonly name: string
  readonly sql: string
  /** SHA-256 of the file, in hex. */
  readonly checksum: string
}

const MIGRATIONS = fileURLToPath(new URL('../../prisma/migrations', import.meta.url))

/** What the native schema engine locks while it migrates. */
const PRISMA_LOCK = 72_707_369

/** As Prisma creates it. */
const CREATE_TABLE = `create table if not exists _prisma_migrations (
  id                  varchar(36) primary key not null,
  checksum            varchar(64) not null,
  finished_at         timestamptz,
  migration_name      varchar(255) not null,
  logs                text,
  rolled_back_at      timestamptz,
  started_at          timestamptz not null default now(),
  applied_steps_count integer not null default 0
)`

async function readMigrations(directory: string): Promise<readonly Migration[]> {
  const folders = (await readdir(directory, { withFileTypes: true })).filter((entry) => entry.isDirectory())
  const names = folders.map((folder) => folder.name).sort()
  return Promise.all(
    names.map(async (name) => {
      const file = await readFile(path.join(directory, name, 'migration.sql'))
      const checksum = createHash('sha256').update(file).digest('hex')
      return { name, sql: file.toString('utf8'), checksum }
    }),
  )
}

/** Checksums by name. */
async function readApplied(client: pg.Client): Promise<Map<string, string>> {
  const { rows } = await client.query<{ name: string; checksum: string; finished: boolean }>(
    `select migration_name as name, checksum, finished_at is not null as finished
     from _prisma_migrations where rolled_back_at is null`,
  )
  const failed = rows.find((row) => !row.finished)
  if (failed) {
    throw misconfigured(
      `Migration ${failed.name} was begun by Prisma and failed; run \`npx prisma migrate resolve\`.`,
    )
  }
  return new Map(rows.map((row) => [row.name, row.checksum]))
}

async function apply(client: pg.Client, { name, sql, checksum }: Migration): Promise<void> {
  await client.query('begin')
  try {
    await client.query(sql)
    await client.query(
      `insert into _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count)
       values ($1, $2, $3, clock_timestamp(), 1)`,
      [randomUUID(), checksum, name],
    )
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch(() => {})
    throw error
  }
}

function misconfigured(message: string): AppError {
  return new AppError('misconfigured', { message })
}
