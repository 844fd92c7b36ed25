import { randomBytes } from 'node:crypto'
import { existsSync, linkSync, mkdirSync, readFileSync, statSync, unlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { AppError } from '../core/errors'
import type { Logger } from '../platform/logger'

/**
 * A 32-byte key from `dataDir/keys/<name>.key`, made when there is none: for development and the demo. Several
 * processes that start together agree on the one that was written first.
 */
export function readOrMakeKey(dataDir: string, name: string, log: Logger): `0x${string}` {
  const file = path.join(dataDir, 'keys', `${name}.key`)
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 })
  if (!existsSync(file)) {
    const draft = `${file}.${process.pid}`
    writeFileSync(draft, `0x${randomBytes(32).toString('hex')}\n`, { mode: 0o600 })
    try {
      // A link appears with its content at once, and never over another process's key.
      linkSync(draft, file)
      log.warn({ event: 'key.made', file }, `Made a ${name} key for development: ${file}`)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    } finally {
      unlinkSync(draft)
    }
  }
  const key = readFileSync(file, 'utf8').trim()
  if (!/^0x[0-9a-f]{64}$/.test(key) || statSync(file).mode & 0o077) {
    throw new AppError('misconfigured', {
      message: `${file} must hold 0x and 64 hex digits and be readable by its owner alone (chmod 600)`,
    })
  }
  return key as `0x${string}`
}
