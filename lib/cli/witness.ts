import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { AppError } from '../core/errors'
import { parseVerifierKey, type VerifierKey } from '../core/log/verifier-key'
import { isRunning } from '../dev/recorded-process'
import { systemClock } from '../platform/clock'
import { createLogger } from '../platform/logger'
import { untilStopped } from './until-stopped'
import { openWitness } from './witness/open-witness'
import { startWitnessServer } from './witness/start-witness-server'
import { createWitness } from './witness/witness'

const usage = `usage: comitia witness --log <verifier key> [--log …] --key-file <file> --state <directory>
                      [--name <witness.example>] [--port <n>] [--host <address>]`

/**
 * `comitia witness`: co-signs the checkpoints of logs, each only if it continues what was co-signed before, so that no
 * log can show two histories. Needs no database and nothing of the log's server. Runs until SIGTERM.
 */
export async function witness(args: readonly string[]): Promise<void> {
  const options = readOptions(args)
  const port = Number(options.port)
  if (!/^\d+$/.test(options.port) || port > 65_535) wrong('--port must be a whole number from 0 to 65535')
  const logs = options.log.map(readLog)
  const stateDir = path.resolve(options.state)
  fs.mkdirSync(stateDir, { recursive: true, mode: 0o700 })
  const release = occupy(stateDir)
  try {
    const { key, verifierKey, memory } = openWitness({
      keyFile: path.resolve(options.keyFile),
      stateDir,
      name: options.name ?? os.hostname(),
    })
    if (options.name && options.name !== key.name)
      wrong(`--name: the key is that of ${key.name}; another name needs another key`)
    const log = createLogger({ level: 'info', name: 'comitia witness' })
    const introduction = [verifierKey, ...logs.map(({ name }) => `co-signs ${name}`)].join('\n')
    const server = await startWitnessServer({
      witness: createWitness({ key, logs, memory, clock: systemClock, log }),
      introduction,
      ...{ host: options.host, port, log },
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

function readOptions(args: readonly string[]) {
  const { log = [], state, 'key-file': keyFile, ...rest } = parse()
  if (log.length === 0 || !state || !keyFile) return wrong(usage)
  return { ...rest, log, state, keyFile }

  function parse() {
    const text = { type: 'string' } as const
    try {
      return parseArgs({
        args: [...args],
        options: {
          ...{ state: text, name: text, 'key-file': text },
          log: { type: 'string', multiple: true },
          port: { type: 'string', default: '8080' },
          host: { type: 'string', default: '0.0.0.0' },
        },
      }).values
    } catch (error) {
      return wrong(`${error instanceof Error ? error.message : error}\n${usage}`)
    }
  }
}

function readLog(text: string): VerifierKey {
  const key = read()
  if (key?.type !== 'ed25519') return wrong(`--log: "${text}" is not the verifier key of a log`)
  // It names a file.
  if (encodeURIComponent(key.name).length > 200) return wrong('--log: the name of the log is too long')
  return key

  function read() {
    try {
      return parseVerifierKey(text)
    } catch {
      return undefined
    }
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
