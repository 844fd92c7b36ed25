import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { TestProject } from 'vitest/node'
import { applyMigrations } from '../db/migrate'
import { startPostgres } from '../dev/embedded-postgres'
import { bundleCommand } from './bundle-command'
import { TEMPLATE_DATABASE } from './database'

declare module 'vitest' {
  interface ProvidedContext {
    /** Connection URL of the template database that `createTestDatabase` copies. */
    templateUrl: string
    /** The `comitia` command, quick to start: a program for node. */
    command: string
  }
}

/**
 * One Postgres for the whole run, in a directory of its own, with every migration applied to a template. It
 * forgets everything at a crash, which is what makes it quick. Beside it the command, bundled.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await clearAbandoned()
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), `${PREFIX}${process.pid}-`))
  // Postgres may run as another user.
  fs.chmodSync(dir, 0o755)
  const postgres = await startPostgres({ ...OPTIONS, dir: path.join(dir, 'pg') })
  await applyMigrations(postgres.url)
  project.provide('templateUrl', postgres.url)
  project.provide('command', await bundleCommand(path.join(dir, 'command')))
  return async () => {
    await postgres.stop()
    fs.rmSync(dir, { recursive: true, force: true })
  }
}

const PREFIX = 'comitia-test-'

const OPTIONS = {
  database: TEMPLATE_DATABASE,
  settings: {
    fsync: 'off',
    full_page_writes: 'off',
    synchronous_commit: 'off',
    max_connections: '300',
  },
}

/** Ends the servers of runs that were killed; their directories carry the id of the process that made them. */
async function clearAbandoned(): Promise<void> {
  for (const name of fs.readdirSync(os.tmpdir())) {
    const pid = Number(name.startsWith(PREFIX) && name.slice(PREFIX.length).split('-')[0])
    if (!pid || isAlive(pid)) continue
    const dir = path.join(os.tmpdir(), name)
    if (fs.statSync(dir).uid !== process.getuid?.()) continue
    if (fs.existsSync(path.join(dir, 'pg/postmaster.pid')))
      await (await startPostgres({ ...OPTIONS, dir: path.join(dir, 'pg') })).stop()
    fs.rmSync(dir, { recursive: true, force: true })
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
