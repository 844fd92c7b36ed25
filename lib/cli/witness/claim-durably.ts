import { randomUUID } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'

/**
 * Makes a file with a text that its owner alone can read, unless there is one: of all processes that try, one does.
 * Answers whether it was this one. The file has all of its text from the beginning, and once this returns, even if the
 * power fails.
 */
export function claimDurably(file: string, text: string): boolean {
  const draft = `${file}.${randomUUID()}.new`
  try {
    fs.writeFileSync(draft, text, { mode: 0o600, flag: 'wx', flush: true })
    fs.linkSync(draft, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  } finally {
    fs.rmSync(draft, { force: true })
  }
  const dir = fs.openSync(path.dirname(file), 'r')
  try {
    fs.fsyncSync(dir)
  } finally {
    fs.closeSync(dir)
  }
  return true
}
