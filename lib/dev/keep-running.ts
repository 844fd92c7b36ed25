import { setTimeout } from 'node:timers/promises'

/** A part of the stack. */
export interface Part {
  stop(): Promise<void>
}

/** Something that was started: a server, a child process. */
export interface Running extends Part {
  /** Resolves when it ends, for whatever reason, with the reason if it is known. */
  readonly ended: Promise<unknown>
}

/**
 * Starts something and starts it again whenever it ends, after half a second, then ever later up to 15 seconds.
 * Throws when the very first start fails; later failures are reported and tried again.
 */
export async function keepRunning(
  name: string,
  start: () => Promise<Running>,
  report: (line: string) => void,
): Promise<Part> {
  const stopping = new AbortController()
  let current = await start()

  const loop = (async () => {
    for (let pauseMs = 500; ; pauseMs = Math.min(pauseMs * 2, 15_000)) {
      const startedAt = Date.now()
      const reason = await current.ended
      if (stopping.signal.aborted) return
      if (Date.now() - startedAt > 30_000) pauseMs = 500
      report(`${name} ended${reason === undefined ? '' : ` (${reason})`}; starting it again`)
      await setTimeout(pauseMs, undefined, { signal: stopping.signal }).catch(() => {})
      if (stopping.signal.aborted) return
      try {
        current = await start()
      } catch (error) {
        report(`${name} did not start: ${error instanceof Error ? error.message : error}`)
      }
    }
  })()

  return {
    async stop() {
      stopping.abort()
      await current.stop()
      await loop
    },
  }
}
