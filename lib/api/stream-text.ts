/**
 * A response body of pieces of text, each made when the reader has room for it. Whoever hangs up ends the making; when
 * it fails, the connection breaks, so that half a file is not taken for a whole one.
 */
export function streamText(
  pieces: AsyncGenerator<string>,
  onError: (error: unknown) => void,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  let isOver = false
  return new ReadableStream(
    {
      async pull(controller) {
        try {
          const { value, done } = await pieces.next()
          // They hung up meanwhile.
          if (isOver) return
          if (done) controller.close()
          else controller.enqueue(encoder.encode(value))
        } catch (error) {
          onError(error)
          throw error
        }
      },
      async cancel() {
        isOver = true
        await pieces.return(undefined)
      },
    },
    // Nothing is made before it is asked for.
    { highWaterMark: 0 },
  )
}
