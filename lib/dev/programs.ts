import fs from 'node:fs'
import path from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { keepRunning, type Part } from './keep-running'
import { startNodeChild } from './node-child'
import { PlainError } from './run-program.mjs'

/**
 * Starts `comitia serve` and `comitia worker`, and is done when the server answers. Throws what they said when one
 * ends before that: another try would only repeat it. Later they are started again.
 *
 * Their logs are `serve.log` and `worker.log` in `logDir`; without one, they write to the terminal.
 */
export async function startPrograms(options: {
  readonly env: NodeJS.ProcessEnv
  readonly logDir: string | undefined
  readonly report: (line: string) => void
  readonly stopping: AbortSignal
}): Promise<Part> {
  const { env, logDir, stopping } = options
  const { COMITIA_KEEPER_KEY: _, ...serveEnv } = env
  const failed = new AbortController()
  let ready = false
  const parts = await Promise.all([launch('serve', serveEnv), launch('worker', env)])
  const stop = async () => {
    await Promise.all(parts.map((part) => part.stop()))
  }
  try {
    while (!(await isHealthy(env))) {
      AbortSignal.any([stopping, failed.signal]).throwIfAborted()
      await setTimeout(100)
    }
  } catch (error) {
    await stop()
    throw error
  }
  ready = true
  return { stop }

  function launch(name: 'serve' | 'worker', childEnv: NodeJS.ProcessEnv): Promise<Part> {
    const file = logDir && path.join(logDir, `${name}.log`)
    if (logDir) fs.mkdirSync(logDir, { recursive: true })
    const log = file ? fs.openSync(file, 'w') : 'inherit'
    const start = () => startNodeChild({ args: ['lib/cli/comitia.mjs', name], env: childEnv, log })
    return keepRunning(`comitia ${name}`, start, (line) => {
      if (ready) options.report(line)
      // Without a file it has said why on the terminal.
      else failed.abort(new PlainError(file ? tailOf(file) : `comitia ${name} did not start.`))
    })
  }
}

function tailOf(file: string): string {
  return fs.readFileSync(file, 'utf8').trim().slice(-4_000)
}

async function isHealthy({ HOST = '', PORT }: NodeJS.ProcessEnv): Promise<boolean> {
  const host = ['', '0.0.0.0', '::'].includes(HOST) ? '127.0.0.1' : HOST
  try {
    return (await fetch(`http://${host}:${PORT}/api/health`)).ok
  } catch {
    return false
  }
}
