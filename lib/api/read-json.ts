import { refuse } from '../core/errors'
import { readText } from './read-text'

/** More than any accepted message; an envelope is refused above 100,000 characters. */
const usualBytes = 2_000_000

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
