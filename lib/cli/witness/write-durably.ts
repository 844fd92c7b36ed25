import fs from 'node:fs'
import path from 'node:path'

/**
 * Puts a text into a file that its owner alone can read. Once this returns, the file has it even if the power fails;
 * until then it has what it had before, never a part.
 */
export function writeDurably(file: string, text: string): void {
  const draft = `${file}.new`
  const handle = fs.openSync(draft, 'w', 0o600)
  try {
    fs.writeFileSync(handle, text)
    fs.fsyncSync(handle)
  } finally {
    fs.closeSync(handle)
  }
  fs.renameSync(draft, file)
  const dir = fs.openSync(path.dirname(file), 'r')
  try {
    fs.fsyncSync(dir)
  } finally {
    fs.closeSync(dir)
  }
}
