import fs from 'node:fs'
import path from 'node:path'
import { isRunning } from '../platform/recorded-process'
import { writeRunFile } from '../platform/run-file'
import { fillDemo } from './demo'
import { setUpDemoContracts } from './demo-contracts'
import { readDemoKeys } from './demo-keys'
import { isDemo, requireLocalChain } from './demo-mode'
import { startDemoWitness } from './demo-witness'
import type { Part } from './keep-running'
import { startLocalChain } from './local-chain'
import { startLocalDatabase } from './local-database'
import { startPrograms } from './programs'
import { PlainError } from './run-program.mjs'
import { step } from './step.mjs'

/**
 * The whole of Comitia in one terminal: whatever of Postgres and a chain is not configured, the server and the
 * worker, and in demo mode a DAO with proposals. Starts again what ends before its time. Resolves when all of it
 * has stopped, which it does when `stopping` is aborted.
 */
export async function runStack(options: {
  /** Hot reload instead of a build. */
  readonly dev: boolean
  readonly port: number
  readonly stopping: AbortSignal
}): Promise<void> {
  const { dev, port, stopping } = options
  const demo = isDemo(process.env)
  if (demo) requireLocalChain(process.env)
  const dataDir = path.resolve(process.env.COMITIA_DATA_DIR || '.data')
  const release = occupy(dataDir)
  const parts: Part[] = []
  try {
    await start()
    process.stdout.write(`\nComitia is ready at http://localhost:${port}\n`)
    await untilAborted(stopping)
  } catch (error) {
    if (!stopping.aborted) throw error
  } finally {
    await step('Stopping', async () => {
      for (const part of parts.reverse()) await part.stop()
    })
    release()
  }

  async function start(): Promise<void> {
    const env: NodeJS.ProcessEnv = {
      ...process.env,
      NODE_ENV: dev ? 'development' : 'production',
      NEXT_TELEMETRY_DISABLED: '1',
      PORT: String(port),
      COMITIA_DATA_DIR: dataDir,
      COMITIA_DEMO: demo ? '1' : '0',
    }
    if (!env.DATABASE_URL) {
      // The demo's data and anybody else's never share a database.
      const database = demo ? 'comitia_demo' : 'comitia'
      const postgres = await phase('Starting Postgres', () =>
        startLocalDatabase({ dataDir, database, report }),
      )
      parts.push(postgres)
      env.DATABASE_URL = postgres.url
    }
    const finishDemo = demo ? await startDemo(env) : undefined
    const logDir = dev ? undefined : path.join(dataDir, 'logs')
    parts.push(await phase('Starting the server', () => startPrograms({ env, logDir, report, stopping })))
    const removeRunFile = writeRunFile(dataDir, env)
    parts.push({ stop: async () => removeRunFile() })
    await finishDemo?.()
  }

  async function startDemo(env: NodeJS.ProcessEnv): Promise<() => Promise<void>> {
    const given = env.RPC_URL_31337
    const chain = await phase('Starting the local chain', async () => {
      const keys = readDemoKeys(env)
      if (given)
        return { contracts: await setUpDemoContracts(given, path.join(dataDir, 'contracts.json'), keys) }
      const local = await startLocalChain({ dataDir, keys, report })
      parts.push(local)
      env.RPC_URL_31337 = local.rpcUrl
      return local
    })
    const filled = await phase('Filling the demo space', () => fillDemo(env, chain.contracts))
    if (!env.COMITIA_WITNESSES) {
      const witness = await phase('Starting the demo’s own witness', () => startDemoWitness(env))
      parts.push(witness)
      env.COMITIA_WITNESSES = witness.entry
    }
    return filled.writeFile
  }

  /** A step that is not begun once everything is to end. */
  function phase<T>(label: string, work: () => Promise<T>): Promise<T> {
    stopping.throwIfAborted()
    return step(label, work)
  }
}

function report(line: string): void {
  process.stdout.write(`  ! ${line}\n`)
}

/** Throws when another run uses the directory; answers with how to give it back. A killed run does not use it. */
function occupy(dataDir: string): () => void {
  const file = path.join(dataDir, 'run.pid')
  fs.mkdirSync(dataDir, { recursive: true })
  const pid = fs.existsSync(file) ? Number(fs.readFileSync(file, 'utf8')) : 0
  if (pid !== process.pid && isRunning({ pid, mark: 'start.mjs' }))
    throw new PlainError(
      `Comitia already runs on ${dataDir} (process ${pid}). COMITIA_DATA_DIR names another place.`,
    )
  fs.writeFileSync(file, String(process.pid))
  return () => fs.rmSync(file, { force: true })
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
