import { spawnSync } from 'node:child_process'
import fs from 'node:fs'

/**
 * Processes that outlived the one that started them, known by their id. An id alone proves nothing, because
 * the system gives it out again: every look-up also asks for words that the command line must contain.
 */
export interface RecordedProcess {
  readonly pid: number
  /** Found in the command line of the process, such as the directory that it serves. */
  readonly mark: string
}

/** Whether the process runs now and is the one that was recorded. */
export function isRunning({ pid, mark }: RecordedProcess): boolean {
  return Number.isInteger(pid) && pid > 1 && commandLine(pid).includes(mark)
}

/**
 * Asks with `signal`, then kills after `patienceMs`; resolves once the process is gone. Does nothing to a
 * process that is not the recorded one.
 */
export async function stopProcess(
  recorded: RecordedProcess,
  options: { signal: NodeJS.Signals; patienceMs: number },
): Promise<void> {
  send(recorded, options.signal)
  if (await gone(recorded, options.patienceMs)) return
  send(recorded, 'SIGKILL')
  await gone(recorded, 5_000)
}

/** Resolves once the process is gone, however it was started; looks four times a second. */
export async function whenGone(recorded: RecordedProcess): Promise<void> {
  while (!(await gone(recorded, 60_000)));
}

function send(recorded: RecordedProcess, signal: NodeJS.Signals): void {
  if (!isRunning(recorded)) return
  try {
    process.kill(recorded.pid, signal)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

async function gone(recorded: RecordedProcess, timeoutMs: number): Promise<boolean> {
  const deadline = Date.now() + timeoutMs
  while (isRunning(recorded)) {
    if (Date.now() > deadline) return false
    await new Promise((resolve) => setTimeout(resolve, Math.min(250, timeoutMs)))
  }
  return true
}

/** Empty for a process that does not exist or has ended without being reaped. */
function commandLine(pid: number): string {
  try {
    return fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
  } catch {
    if (fs.existsSync('/proc/self/cmdline')) return ''
    return spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout ?? ''
  }
}
