import { spawn } from 'node:child_process'
import type { Running } from './keep-running'

/** Starts one of our own programs, which ends when this process does. `log` is an open file. */
export async function startNodeChild(options: {
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string | undefined>>
  readonly log: number | 'inherit'
}): Promise<Running> {
  const preload = new URL('follow-parent.mjs', import.meta.url).href
  // Its own session: Ctrl-C in the terminal reaches us, and we decide the order in which things end.
  const child = spawn(process.execPath, ['--import', preload, ...options.args], {
    detached: true,
    env: options.env as NodeJS.ProcessEnv,
    stdio: ['ignore', options.log, options.log, 'ipc'],
  })
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message))
    child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`))
  })
  return {
    ended,
    async stop() {
      child.kill('SIGTERM')
      const timer = setTimeout(() => child.kill('SIGKILL'), 10_000)
      await ended
      clearTimeout(timer)
    },
  }
}
