import fs from 'node:fs'
import path from 'node:path'
import { claimDurably } from './claim-durably'
import { writeDurably } from './write-durably'

/** What a witness must never forget: the newest checkpoint of each log that it co-signed, as the log signed it. */
export interface WitnessMemory {
  /** Undefined before the first. */
  find(origin: string): string | undefined
  /**
   * Keeps what follows on the checkpoint of size `former`, 0 before the first. Durable when it returns true; false if
   * another process has kept something else meanwhile.
   */
  keep(origin: string, former: number, note: string): boolean
  /** Keeps two checkpoints that contradict each other, once for each size; answers in which file. */
  keepFork(origin: string, size: number, notes: readonly [string, string]): string
}

/**
 * In files of `dir`, which is there already: `<log>@<former size>.checkpoint`, of which the one with the largest size
 * counts, and `<log>.<size>.fork`. Each step is one file that only one process can make, so that even two that share
 * the directory never keep two histories.
 */
export function openWitnessMemory(dir: string): WitnessMemory {
  // What is known stays known while we run, whatever becomes of the files.
  const known = new Map<string, { former: number; note: string }>()
  const stepFile = (origin: string, former: number) =>
    path.join(dir, `${encodeURIComponent(origin)}@${former}.checkpoint`)

  function listSteps(origin: string): number[] {
    const start = `${encodeURIComponent(origin)}@`
    return fs
      .readdirSync(dir)
      .filter((name) => name.startsWith(start) && name.endsWith('.checkpoint'))
      .map((name) => Number(name.slice(start.length, -'.checkpoint'.length)))
  }

  return {
    find(origin) {
      const former = Math.max(...listSteps(origin))
      const last = known.get(origin)
      if (last && last.former >= former) return last.note
      // Where each log had one file, that was its name.
      if (former < 0) return readIfThere(path.join(dir, `${encodeURIComponent(origin)}.checkpoint`))
      const note = fs.readFileSync(stepFile(origin, former), 'utf8')
      known.set(origin, { former, note })
      return note
    },
    keep(origin, former, note) {
      const file = stepFile(origin, former)
      if (!claimDurably(file, note)) return false
      const steps = listSteps(origin)
      // Others went this step long ago and have forgotten it.
      if (steps.some((one) => one > former)) {
        fs.rmSync(file, { force: true })
        return false
      }
      known.set(origin, { former, note })
      // The last is the only one that is needed, and the last to be forgotten.
      for (const one of steps) if (one < former) fs.rmSync(stepFile(origin, one), { force: true })
      return true
    },
    keepFork(origin, size, notes) {
      const file = path.join(dir, `${encodeURIComponent(origin)}.${size}.fork`)
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
