import { spawn } from 'node:child_process'

/** What went wrong, in words for the person at the terminal; shown without a stack. */
export class PlainError extends Error {}

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set()

/** Ends what `runProgram` is running. */
export function stopPrograms() {
  for (const child of running) {
    try {
      // As Ctrl-C would, to the whole group: npm, Next and Playwright have children of their own.
      process.kill(-(child.pid ?? 0), 'SIGINT')
    } catch {
      // It has ended in the meantime.
    }
  }
}

/**
 * Runs a program to its end, quietly, and answers with what it wrote. Throws a `PlainError` with its complete output
 * when it fails or is not there.
 *
 * @param {string} file a script for node when it ends in js, else a program
 * @param {readonly string[]} args
 * @param {{ env?: Record<string, string | undefined>, cwd?: string }} [options] `env` is added to ours
 * @returns {Promise<string>}
 */
export function runProgram(file, args, { env = {}, cwd } = {}) {
  const [command, ...words] = /js$/.test(file) ? [process.execPath, file, ...args] : [file, ...args]
  return new Promise((resolve, reject) => {
    let output = ''
    const child = spawn(command, words, {
      cwd,
      detached: true,
      env: { ...process.env, [process.stdout.isTTY ? 'FORCE_COLOR' : 'NO_COLOR']: '1', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    running.add(child)
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => {
        output += text
      })
    }
    child.once('error', (error) => reject(new PlainError(`${command}: ${error.message}`)))
    child.once('close', (code, signal) => {
      running.delete(child)
      if (code === 0) resolve(output)
      else
        reject(
          new PlainError(`${output.trimEnd()}\n\n${file} ${args.join(' ')} ended with ${signal ?? code}`),
        )
    })
  })
}
