import { lookup } from 'node:dns'
import { type IncomingMessage, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { refuse } from '../../core/errors'
import { isPublicAddress } from '../../platform/public-address'

/** Speaks to servers that somebody named, and trusts none of them to be quick, small or honest. */
export interface Transport {
  /** The JSON that a question is answered with. */
  post(url: string, question: unknown): Promise<unknown>
  /** A body as text; undefined for 404. */
  get(url: string): Promise<string | undefined>
}

export interface TransportOptions {
  /**
   * Whether a name may lead to an address that is not on the public internet. `localhost` and an address typed as such
   * always may: that was meant.
   */
  readonly allowPrivate?: boolean
  /** Before the second try; each further one waits twice as long. 500 unless told. */
  readonly pauseMs?: number
  /** For all of one answer; 60,000 unless told. */
  readonly timeoutMs?: number
  /** Of one answer; 32 MiB unless told. */
  readonly maxBytes?: number
}

const TRIES = 6
/** Of a server that nobody has heard from yet: more likely its name is wrong. */
const FIRST_TRIES = 2
/** A server may ask to be left alone for so long at a time. */
const MAX_PAUSE_MS = 60_000

/** What may succeed if it is done again. */
class Passing extends Error {}

/** The server says so itself, and perhaps when. */
class Busy extends Passing {
  readonly waitMs: number | undefined

  constructor(message: string, waitMs: number | undefined) {
    super(message)
    this.waitMs = waitMs
  }
}

interface Question {
  readonly url: URL
  readonly body?: string
}

/**
 * Makes a transport that repeats what may succeed later (no answer, 429, 5xx), ever more slowly or as Retry-After asks,
 * and never follows a redirect.
 *
 * @throws AppError `invalid` for a server that cannot be read, by its host
 */
export function createTransport({
  allowPrivate = false,
  pauseMs = 500,
  timeoutMs = 60_000,
  maxBytes = 32 * 2 ** 20,
}: TransportOptions = {}): Transport {
  // A server that asks one request to wait means the others too.
  const restUntil = new Map<string, number>()
  const heardFrom = new Set<string>()

  async function ask(question: Question): Promise<string | undefined> {
    const { host } = question.url
    for (let tries = 1; ; tries += 1) {
      await sleep(Math.max(0, (restUntil.get(host) ?? 0) - performance.now()))
      try {
        const answer = await askOnce(question, { allowPrivate, timeoutMs, maxBytes })
        heardFrom.add(host)
        return answer
      } catch (error) {
        if (!(error instanceof Passing)) throw error
        if (error instanceof Busy) heardFrom.add(host)
        if (tries >= (heardFrom.has(host) ? TRIES : FIRST_TRIES)) refuse(`${host} ${error.message}`)
        const asked = error instanceof Busy ? error.waitMs : undefined
        const waitMs = Math.min(MAX_PAUSE_MS, asked ?? pauseMs * 2 ** (tries - 1))
        restUntil.set(host, performance.now() + waitMs)
      }
    }
  }

  return {
    async post(url, question) {
      const target = new URL(url)
      const text = await ask({ url: target, body: JSON.stringify(question) })
      if (text === undefined) return refuse(`${target.host} has nothing at ${target.pathname}`)
      try {
        return JSON.parse(text)
      } catch {
        return refuse(`${target.host} does not answer with JSON`)
      }
    },
    get: (url) => ask({ url: new URL(url) }),
  }
}

async function askOnce(
  { url, body }: Question,
  {
    allowPrivate,
    timeoutMs,
    maxBytes,
  }: Required<Pick<TransportOptions, 'allowPrivate' | 'timeoutMs' | 'maxBytes'>>,
): Promise<string | undefined> {
  const { hostname, host, protocol } = url
  if (protocol !== 'http:' && protocol !== 'https:') refuse(`${host} is asked over HTTP only`)
  const isMeant = allowPrivate || hostname === 'localhost' || isIP(hostname.replace(/^\[|\]$/g, '')) > 0
  const signal = AbortSignal.timeout(timeoutMs)
  try {
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const asking = (protocol === 'https:' ? requestHttps : requestHttp)(
        url,
        {
          method: body === undefined ? 'GET' : 'POST',
          headers: {
            accept: body === undefined ? '*/*' : 'application/json',
            ...(body !== undefined && {
              'content-type': 'application/json',
              'content-length': Buffer.byteLength(body),
            }),
          },
          signal,
          ...(!isMeant && { lookup: lookUpPublic }),
        },
        resolve,
      )
      asking.on('error', reject)
      asking.end(body)
    })
    const { statusCode = 0, headers } = response
    if (statusCode !== 200) response.resume()
    if (statusCode === 404) return undefined
    if (statusCode === 429 || statusCode >= 500) {
      throw new Busy(`answers HTTP ${statusCode}`, retryAfter(headers['retry-after']))
    }
    // GraphQL over HTTP says what is wrong in the body.
    if (statusCode !== 200 && statusCode !== 400) refuse(`${host} answers HTTP ${statusCode}`)
    return await readBody(response, host, maxBytes)
  } catch (error) {
    if (error instanceof Refusal) refuse(`${host} ${error.message}`)
    if (!(error instanceof Error) || error instanceof Busy || error.name === 'AppError') throw error
    throw new Passing(signal.aborted ? `did not answer within ${timeoutMs / 1000} s` : 'cannot be reached')
  }
}

/** Ours, with a reason that goes after the host's name. */
class Refusal extends Error {}

async function readBody(response: IncomingMessage, host: string, maxBytes: number): Promise<string> {
  const pieces: Buffer[] = []
  let size = 0
  for await (const piece of response as AsyncIterable<Buffer>) {
    size += piece.length
    if (size > maxBytes) refuse(`${host} sends more than ${maxBytes} bytes at once`)
    pieces.push(piece)
  }
  return Buffer.concat(pieces).toString()
}

const lookUpPublic: LookupFunction = (name, options, callback) => {
  lookup(name, { ...options, all: true }, (error, found) => {
    const [first] = found ?? []
    if (error || !first) callback(error ?? new Refusal('has no address'), [])
    else if (!found.every(({ address }) => isPublicAddress(address))) {
      callback(new Refusal('is not on the public internet; --allow-private lets it be asked'), [])
    } else if (options.all) callback(null, found)
    else callback(null, first.address, first.family)
  })
}

function retryAfter(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const seconds = /^\d{1,9}$/.test(text) ? Number(text) : (Date.parse(text) - Date.now()) / 1000
  return Number.isNaN(seconds) ? undefined : Math.max(0, seconds) * 1000
}
