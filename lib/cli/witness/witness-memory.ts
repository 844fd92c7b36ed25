import fs from 'node:fs'
import path from 'node:path'
import { writeDurably } from './write-durably'

/** What a witness must never forget: the newest checkpoint of each log that it co-signed, as the log signed it. */
export interface WitnessMemory {
  /** Undefined before the first. */
  find(origin: string): string | undefined
  /** Durable when it returns. */
  keep(origin: string, note: string): void
  /** Keeps two checkpoints that contradict each other, once for each size; answers in which file. */
  keepFork(origin: string, size: number, notes: readonly [string, string]): string
}

/** In files of `dir`, which is there already and nobody else writes to: `<log>.checkpoint`, and `<log>.<size>.fork`. */
export function openWitnessMemory(dir: string): WitnessMemory {
  // What is known stays known while we run, whatever becomes of the files.
  const known = new Map<string, string | undefined>()
  const fileOf = (origin: string, ending: string) => path.join(dir, `${encodeURIComponent(origin)}.${ending}`)
  return {
    find(origin) {
      if (!known.has(origin)) known.set(origin, readIfThere(fileOf(origin, 'checkpoint')))
      return known.get(origin)
    },
    keep(origin, note) {
      writeDurably(fileOf(origin, 'checkpoint'), note)
      known.set(origin, note)
    },
    keepFork(origin, size, notes) {
      const file = fileOf(origin, `${size}.fork`)
      if (!fs.existsSync(file)) writeDurably(file, notes.join('\n'))
      return file
    },
  }
}

/** A file that is there and cannot be read is no reason to believe that there is nothing. */
function readIfThere(file: string): string | undefined {
  try {
    return fs.readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
