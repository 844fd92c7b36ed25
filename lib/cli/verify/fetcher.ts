import { setTimeout as sleep } from 'node:timers/promises'
import { AppError, refuse } from '../../core/errors'

/** Reads what other people's servers say, and trusts none of them to be quick, small or honest. */
export interface Fetcher {
  /** A whole body of at most `limit` bytes, counted before compression; undefined for 404. */
  read(url: string, limit: number): Promise<Answer | undefined>
  /** A body as it comes; undefined for 404. Once it has begun it is not repeated: what is read may break off. */
  stream(url: string): Promise<AsyncIterable<Uint8Array> | undefined>
}

export interface Answer {
  readonly body: Uint8Array
  /** When the answer was made by the server's clock, unix seconds; undefined if it does not say. */
  readonly madeAt: number | undefined
}

/** Without a byte for so long, an answer is given up. */
const SILENCE_MS = 20_000
/** How long an answer that is read whole may take. */
const WHOLE_MS = 60_000
/** So much has to come in so much time of waiting for it: a byte now and then would never end. */
const LEAST_BYTES = 60_000
const RATE_MS = 60_000
/** How long any answer is waited for. */
const LONGEST_MS = 6 * 3_600_000
const TRIES = 4
/** How long one answer is waited for where a server asks for patience. */
const PATIENCE_MS = 600_000
const REDIRECTS = 3

/** What may succeed if it is done again. */
class Passing extends Error {
  /** How long the server asks to be left alone. */
  readonly waitMs: number | undefined
  /** It answers, and will go on answering when it was given time: no reason to give up. */
  readonly isBusy: boolean

  constructor(message: string, { waitMs, isBusy = false }: { waitMs?: number; isBusy?: boolean } = {}) {
    super(message)
    this.waitMs = waitMs
    this.isBusy = isBusy
  }
}

/**
 * A fetcher that repeats what may succeed later, ever more slowly, and waits as long as Retry-After asks; that lets itself
 * be sent elsewhere only on the same host; and that stops at the first byte beyond a limit.
 *
 * @throws AppError `invalid` for a server that cannot be read
 */
export function createFetcher(firstPauseMs = 400, rateMs = RATE_MS): Fetcher {
  // A server that asks one request to wait means the others too.
  let restUntil = 0

  async function repeat<Result>(url: string, attempt: () => Promise<Result>): Promise<Result> {
    const givenUpAt = performance.now() + PATIENCE_MS
    for (let tries = 1; ; ) {
      await sleep(Math.max(0, restUntil - performance.now()))
      try {
        return await attempt()
      } catch (error) {
        if (!(error instanceof Passing)) throw error
        const { message, isBusy, waitMs = firstPauseMs * 2 ** (tries - 1) } = error
        if (!isBusy) tries += 1
        if (tries > TRIES || performance.now() + waitMs > givenUpAt) refuse(`${url} ${message}`)
        restUntil = Math.max(restUntil, performance.now() + waitMs)
      }
    }
  }

  return {
    read: (url, limit) =>
      repeat(url, async () => {
        const opened = await open(url, rateMs)
        if (!opened) return undefined
        const endsAt = performance.now() + WHOLE_MS
        const pieces: Uint8Array[] = []
        let size = 0
        for await (const piece of opened.pieces) {
          size += piece.length
          if (size > limit) refuse(`${url} sends more than ${limit} bytes`)
          if (performance.now() > endsAt) throw new Passing('takes too long')
          pieces.push(piece)
        }
        return { body: Buffer.concat(pieces), madeAt: madeAt(opened.headers) }
      }),
    stream: (url) => repeat(url, async () => translate(url, (await open(url, rateMs))?.pieces)),
  }
}

function translate(url: string, pieces: AsyncIterable<Uint8Array> | undefined) {
  if (!pieces) return undefined
  return (async function* () {
    try {
      yield* pieces
    } catch (error) {
      if (error instanceof Passing) refuse(`${url} ${error.message}`)
      throw error
    }
  })()
}

/** Asks, follows redirects, and reads no further than the head. */
async function open(url: string, rateMs: number) {
  const silence = new AbortController()
  let timer = setTimeout(() => silence.abort(), SILENCE_MS)
  const done = () => {
    clearTimeout(timer)
    silence.abort()
  }
  try {
    const response = await follow(url, silence.signal)
    const { status, headers, body } = response
    if (status === 404) {
      done()
      return undefined
    }
    if (status === 429 || status >= 500) {
      throw new Passing(`answers ${status}`, { isBusy: status === 429, ...retryAfter(headers) })
    }
    if (status !== 200) refuse(`${url} answers ${status}`)
    const pieces = async function* (): AsyncGenerator<Uint8Array> {
      let [asked, waited, total, bytes] = [performance.now(), 0, 0, 0]
      try {
        for await (const piece of (body as AsyncIterable<Uint8Array> | null) ?? []) {
          // While a piece is worked on, nobody waits for the server.
          clearTimeout(timer)
          waited += performance.now() - asked
          bytes += piece.length
          if (waited > rateMs) {
            total += waited
            if (bytes < LEAST_BYTES || total > LONGEST_MS) throw new Passing('is too slow')
            waited = 0
            bytes = 0
          }
          yield piece
          asked = performance.now()
          timer = setTimeout(() => silence.abort(), SILENCE_MS)
        }
      } catch (error) {
        if (error instanceof Passing) throw error
        throw new Passing(silence.signal.aborted ? 'falls silent' : 'breaks off')
      } finally {
        done()
      }
    }
    return { headers, pieces: pieces() }
  } catch (error) {
    const isSilent = silence.signal.aborted
    done()
    if (error instanceof Passing || error instanceof AppError) throw error
    throw new Passing(isSilent ? 'does not answer' : 'cannot be reached')
  }
}

async function follow(url: string, signal: AbortSignal): Promise<Response> {
  let at = new URL(url)
  for (let redirects = 0; redirects <= REDIRECTS; redirects += 1) {
    const response = await fetch(at, { redirect: 'manual', signal, headers: { accept: '*/*' } })
    if (response.status < 300 || response.status >= 400) return response
    await response.body?.cancel()
    const location = response.headers.get('location') ?? ''
    const next = URL.canParse(location, at) ? new URL(location, at) : undefined
    const isSameHost = next?.host === at.host && /^https?:$/.test(next.protocol)
    const isUpgrade = next?.hostname === at.hostname && next.protocol === 'https:'
    if (!next || !(isSameHost || isUpgrade)) refuse(`${url} sends to another host: ${next?.host ?? 'none'}`)
    at = next
  }
  return refuse(`${url} goes round in circles`)
}

/** At most a minute: a server may ask again. */
function retryAfter(headers: Headers): { waitMs?: number } {
  const text = headers.get('retry-after') ?? ''
  const seconds = /^\d{1,9}$/.test(text) ? Number(text) : (Date.parse(text) - Date.now()) / 1000
  return Number.isNaN(seconds) ? {} : { waitMs: Math.min(60, Math.max(1, seconds)) * 1000 }
}

function madeAt(headers: Headers): number | undefined {
  const date = Date.parse(headers.get('date') ?? '')
  const age = Number(/^\d{1,9}$/.exec(headers.get('age') ?? '')?.[0] ?? 0)
  return Number.isNaN(date) ? undefined : Math.floor(date / 1000) - age
}
