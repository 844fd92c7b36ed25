import { refuse } from '../core/errors'

/** More than any accepted message; an envelope is refused above 100,000 characters. */
const usualBytes = 2_000_000
/** What is still read away after that, so that the sender gets the answer instead of a broken connection. */
const maxDiscardedBytes = 32_000_000

/**
 * A request's JSON body, holding at most `maxBytes` (2 MB) of it in memory. Refuses a longer one with `too large message`
 * and what is not JSON with `malformed`, in Snapshot's words for an envelope.
 */
export async function readJson(
  request: Request,
  malformed = 'the body is not valid JSON',
  maxBytes = usualBytes,
): Promise<unknown> {
  const text = await readText(request, maxBytes)
  try {
    return JSON.parse(text)
  } catch {
    return refuse(malformed)
  }
}

async function readText(request: Request, maxBytes: number): Promise<string> {
  // The usual case, at a third of a stream's cost: HTTP ends a body at its announced length.
  if (Number(request.headers.get('content-length') ?? Number.NaN) <= maxBytes) return request.text()
  const reader = request.body?.getReader()
  if (!reader) return ''
  const chunks: Uint8Array[] = []
  let size = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    size += value.byteLength
    if (size <= maxBytes) chunks.push(value)
    else chunks.length = 0
    if (size > maxDiscardedBytes) {
      await reader.cancel()
      break
    }
  }
  if (size > maxBytes) refuse('too large message')
  return Buffer.concat(chunks).toString('utf8')
}
