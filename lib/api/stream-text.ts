/**
 * A response body of pieces of text, each made when the reader has room for it. Whoever hangs up ends the making, and so
 * does whoever takes nothing for `patienceMs`; when it fails, the connection breaks, so that half a file is not taken
 * for a whole one. `onOver` is called once nothing more is made, maybe more than once.
 */
export function streamText(
  pieces: AsyncGenerator<string>,
  onError: (error: unknown) => void,
  { patienceMs = 60_000, onOver = () => {} }: { patienceMs?: number; onOver?: () => void } = {},
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  let isOver = false
  let patience: NodeJS.Timeout | undefined

  async function end(): Promise<void> {
    isOver = true
    clearTimeout(patience)
    try {
      await pieces.return(undefined)
    } finally {
      onOver()
    }
  }

  function waitForReader(controller: ReadableStreamDefaultController<Uint8Array>): void {
    patience = setTimeout(() => {
      controller.error(new Error('nobody takes what was asked for'))
      end().catch(onError)
    }, patienceMs)
    patience.unref()
  }

  return new ReadableStream(
    {
      start: waitForReader,
      async pull(controller) {
        clearTimeout(patience)
        try {
          const { value, done } = await pieces.next()
          // They hung up meanwhile.
          if (isOver) return
          if (done) {
            controller.close()
            onOver()
          } else {
            controller.enqueue(encoder.encode(value))
            waitForReader(controller)
          }
        } catch (error) {
          onOver()
          onError(error)
          throw error
        }
      },
      cancel: end,
    },
    // Nothing is made before it is asked for.
    { highWaterMark: 0 },
  )
}
