import { printable } from './printable'

/** How often the line is written anew. */
const EVERY_MS = 100

/** A line that changes while there is something to wait for. Nothing where nobody watches. */
export function createProgress(stream: NodeJS.WriteStream) {
  let shownAt = 0
  let isShown = false
  return {
    show(text: string): void {
      const now = performance.now()
      if (!stream.isTTY || now - shownAt < EVERY_MS) return
      shownAt = now
      isShown = true
      stream.write(`\r\x1b[K${printable(text)}`)
    },
    clear(): void {
      if (isShown) stream.write('\r\x1b[K')
      isShown = false
    },
  }
}

export type Progress = ReturnType<typeof createProgress>
