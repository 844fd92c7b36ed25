import { mkdtemp, open, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { AppError, refuse } from '../../core/errors'
import type { Fetcher } from './fetcher'
import { MAX_BUNDLE } from './open-bundle'

/** A bundle on this machine's disk. */
export interface DownloadedBundle {
  readonly file: string
  remove(): Promise<void>
}

/**
 * Fetches a bundle once, into a file of its own: a server that is asked twice may answer twice, and what is looked up in
 * its log would be another bundle than the one that is audited.
 *
 * Throws AppError `invalid` for a server that cannot be read, `misconfigured` where there is no room.
 */
export async function downloadBundle(url: string, fetcher: Fetcher): Promise<DownloadedBundle> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'comitia-bundle-')).catch(noRoom)
  const file = path.join(folder, 'bundle')
  const remove = () => rm(folder, { recursive: true, force: true })
  try {
    const handle = await open(file, 'wx', 0o600).catch(noRoom)
    try {
      let size = 0
      for await (const chunk of (await fetcher.stream(url)) ?? refuse(`there is nothing at ${url}`)) {
        size += chunk.length
        if (size > MAX_BUNDLE) refuse(`${url} has no end`)
        await handle.writeFile(chunk).catch(noRoom)
      }
    } finally {
      await handle.close()
    }
    return { file, remove }
  } catch (error) {
    await remove()
    throw error
  }
}

function noRoom(): never {
  throw new AppError('misconfigured', { message: `cannot keep the bundle in ${os.tmpdir()}` })
}
