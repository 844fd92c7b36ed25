import { AppError } from '../errors'

/**
 * Characters of a line. A message has at most 100,000; the longest line is the result of a vote among hundreds of options
 * by dozens of strategies.
 */
const MAX_LINE = 8_000_000

/** Bytes that are made text at once, however large the pieces are. */
const PART = 1 << 20

/**
 * The lines of a file that arrives in pieces, without their newlines. Holds one line and one piece.
 *
 * @throws AppError `invalid` for bytes that are no UTF-8, a line of over eight million characters, or a last one without a
 * newline
 */
export async function* splitLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let rest = ''
  for await (const text of decode(chunks)) {
    let start = 0
    for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', start)) {
      yield within(rest + text.slice(start, end))
      rest = ''
      start = end + 1
    }
    rest = within(rest + text.slice(start))
  }
  if (rest !== '') throw new AppError('invalid', { message: 'the file breaks off within a line' })
}

async function* decode(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  const toText = (bytes?: Uint8Array) => {
    try {
      return decoder.decode(bytes, { stream: bytes !== undefined })
    } catch {
      throw new AppError('invalid', { message: 'it is no text in UTF-8' })
    }
  }
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length; at += PART) yield toText(chunk.subarray(at, at + PART))
  }
  // Half a character at the end is none.
  toText()
}

function within(line: string): string {
  if (line.length > MAX_LINE) throw new AppError('invalid', { message: 'a line is too long' })
  return line
}
