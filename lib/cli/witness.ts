import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { AppError } from '../core/errors'
import { systemClock } from '../platform/clock'
import { createLogger } from '../platform/logger'
import { isRunning } from '../platform/recorded-process'
import { readCommandLine } from './read-command-line'
import { untilStopped } from './until-stopped'
import { openWitness } from './witness/open-witness'
import { readOptions, usage } from './witness/options'
import { startWitnessServer } from './witness/start-witness-server'
import { createWitness } from './witness/witness'

/**
 * `comitia witness`: co-signs the checkpoints of logs, each only if it continues what was co-signed before, so that no
 * log can show two histories. Needs no database and nothing of the log's server. Runs until SIGTERM.
 */
export async function witness(args: readonly string[]): Promise<void> {
  const options = readCommandLine('witness', args, { read: readOptions, usage })
  if (!options) return
  const { logs, keyFile, stateDir, name, port, host } = options
  fs.mkdirSync(stateDir, { recursive: true, mode: 0o700 })
  const release = occupy(stateDir)
  try {
    const { key, verifierKey, memory } = openWitness({ keyFile, stateDir, name: name ?? os.hostname() })
    if (name && name !== key.name)
      wrong(`--name: the key is that of ${key.name}; another name needs another key`)
    const log = createLogger({ level: 'info', name: 'comitia witness' })
    const introduction = [verifierKey, ...logs.map((one) => `co-signs ${one.name}`)].join('\n')
    const server = await startWitnessServer({
      witness: createWitness({ key, logs, memory, clock: systemClock, log }),
      introduction,
      host,
      port,
      log,
    })
    console.log(introduction)
    console.log(`listens on port ${server.port}; tell the log's operator this key and where to reach you:`)
    console.log(`  COMITIA_WITNESSES="${verifierKey} https://…"`)
    await untilStopped(async () => {
      await server.stop()
      release()
    })
  } catch (error) {
    release()
    throw error
  }
}

/**
 * Throws if another process uses the directory, as far as one can see: in two containers each may be process 1, and then
 * only the memory keeps them apart. Answers with how to give it back.
 */
function occupy(stateDir: string): () => void {
  const file = path.join(stateDir, 'run.pid')
  const pid = fs.existsSync(file) ? Number(fs.readFileSync(file, 'utf8')) : 0
  if (pid !== process.pid && isRunning({ pid, mark: 'witness' }))
    wrong(`--state: a witness already runs on ${stateDir} (process ${pid})`)
  fs.writeFileSync(file, String(process.pid))
  return () => {
    const isOurs = fs.existsSync(file) && fs.readFileSync(file, 'utf8') === String(process.pid)
    if (isOurs) fs.rmSync(file, { force: true })
  }
}

function wrong(message: string): never {
  throw new AppError('misconfigured', { message })
}
