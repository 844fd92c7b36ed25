import { AppError } from '../errors'

/** A line of a bundle is at most a message of 100,000 characters and what surrounds it. */
const MAX_LINE = 1_000_000

/**
 * The lines of a file that arrives in pieces, without their newlines.
 *
 * @throws AppError `invalid` for bytes that are no UTF-8, a line of over a million characters, or a last one without a
 * newline
 */
export async function* splitLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  let rest = ''
  for await (const chunk of chunks) {
    const lines = (rest + decode(decoder, chunk)).split('\n')
    rest = lines.pop() ?? ''
    if (rest.length > MAX_LINE) throw new AppError('invalid', { message: 'a line is too long' })
    yield* lines
  }
  if (rest !== '') throw new AppError('invalid', { message: 'the file breaks off within a line' })
}

function decode(decoder: TextDecoder, chunk: Uint8Array): string {
  try {
    return decoder.decode(chunk, { stream: true })
  } catch {
    throw new AppError('invalid', { message: 'it is no text in UTF-8' })
  }
}
