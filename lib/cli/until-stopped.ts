/** Nothing may take longer to end; a supervisor kills after ten seconds. */
const patienceMs = 5_000

/**
 * Waits for SIGTERM or SIGINT, then runs `stop` and ends the process, after five seconds at the latest and at
 * once on a second signal.
 */
export function untilStopped(stop: () => Promise<void>): Promise<void> {
  return new Promise((resolve) => {
    let stopping = false
    const onSignal = () => {
      if (stopping) process.exit(1)
      stopping = true
      setTimeout(() => process.exit(1), patienceMs).unref()
      stop().then(
        () => {
          resolve()
          process.exit(0)
        },
        (error: unknown) => {
          console.error(error)
          process.exit(1)
        },
      )
    }
    process.on('SIGTERM', onSignal)
    process.on('SIGINT', onSignal)
  })
}
