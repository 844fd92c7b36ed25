import { createHash, randomUUID } from 'node:crypto'
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { z } from 'zod'
import { AppError } from '../../core/errors'

/** The last second that JavaScript has a date for. */
const LATEST = 8.64e12

const seenSchema = z.object({
  /** The signed note. */
  note: z.string().max(100_000),
  /** The verifier key that it was opened with. */
  key: z.string().max(400),
  /** Unix seconds; absent where the server's clock was not ours. */
  seenAt: z.int().min(0).max(LATEST).optional(),
})

const stateSchema = z.object({
  format: z.literal('comitia-log-state'),
  version: z.literal(1),
  key: z.string().max(400),
  checkpoints: z.array(seenSchema).min(1),
})

/** A state of a log that was seen, and found to be well. */
export type SeenState = z.output<typeof seenSchema>

/** What is remembered of a log from one run to the next. */
export interface LogState {
  /** The verifier key it had. */
  readonly key: string
  /** Ascending; the last one was read whole. */
  readonly checkpoints: readonly SeenState[]
}

/** States that are kept: each begins with the one before it, so the newest vouch for the others. */
const KEPT = 100

/** Where a log's state lies unless told: by where the log is served, so that a log under another name is noticed. */
export function defaultStateFile(url: string): string {
  const { XDG_STATE_HOME } = process.env
  const home = XDG_STATE_HOME ? path.join(XDG_STATE_HOME, 'comitia') : path.join(os.homedir(), '.comitia')
  const { host, pathname } = new URL(url)
  return path.join(home, 'logs', `${encodeURIComponent(host + pathname)}.json`)
}

/**
 * The state in a file; undefined if there is none.
 *
 * @throws AppError `misconfigured` if it cannot be read: to go on as if nothing had been seen would hide what changed
 */
export async function loadLogState(file: string): Promise<LogState | undefined> {
  try {
    return stateSchema.parse(JSON.parse(await readFile(file, 'utf8')))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw unusable(file, 'read')
  }
}

/** Writes the state so that a crash leaves the old one or the new one. @throws AppError `misconfigured` */
export function saveLogState(file: string, { key, checkpoints }: LogState): Promise<void> {
  const state = { format: 'comitia-log-state', version: 1, key, checkpoints: checkpoints.slice(-KEPT) }
  return write(file, `${JSON.stringify(state, undefined, 2)}\n`)
}

/** Two signed notes of one log that cannot both be true, and what is wrong with them. */
export interface Evidence {
  readonly problem: string
  readonly checkpoints: readonly [SeenState, SeenState]
}

/** Keeps evidence beside the state. Answers the file; the same evidence is the same file. */
export async function saveEvidence(stateFile: string, evidence: Evidence): Promise<string> {
  const [one, other] = evidence.checkpoints
  const name = createHash('sha256').update(one.note).update(other.note).digest('hex').slice(0, 16)
  const file = `${stateFile.replace(/\.json$/, '')}.evidence-${name}.json`
  await write(
    file,
    `${JSON.stringify({ format: 'comitia-log-evidence', version: 1, ...evidence }, undefined, 2)}\n`,
  )
  return file
}

async function write(file: string, text: string): Promise<void> {
  const draft = `${file}.${randomUUID()}`
  try {
    await mkdir(path.dirname(file), { recursive: true })
    const handle = await open(draft, 'wx')
    try {
      await handle.writeFile(text)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(draft, file)
  } catch {
    await rm(draft, { force: true })
    throw unusable(file, 'written')
  }
  await syncFolder(path.dirname(file)).catch(() => {
    // Not every system can; what it would make sure of is a name.
  })
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder)
  await handle.sync().finally(() => handle.close())
}

function unusable(file: string, how: 'read' | 'written'): AppError {
  return new AppError('misconfigured', {
    message: `${file}, which keeps what was seen of the log, cannot be ${how}`,
  })
}
