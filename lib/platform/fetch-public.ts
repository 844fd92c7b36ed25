import { lookup } from 'node:dns'
import { request } from 'node:https'
import { isIP, type LookupFunction, type Socket } from 'node:net'
import { AppError } from '../core/errors'
import { isPublicAddress } from './public-address'

export interface PublicRequest {
  /** Https, without a name and password in it. */
  readonly url: string
  /** Sent as JSON by POST; without it, GET. */
  readonly body?: string
}

/**
 * The JSON that a server anywhere answers with. Throws `chain_unavailable`, which is worth another try, naming the host
 * when there is none: it is not on the public internet, is silent, too slow, too long, redirects, or answers otherwise.
 */
export type FetchPublic = (request: PublicRequest) => Promise<unknown>

export interface PublicFetchOptions {
  /** For all of it, from the name's look-up to the last byte; 10,000 unless told. */
  readonly timeoutMs?: number
  /** 4 MiB unless told. */
  readonly maxBytes?: number
  /** Sent with every request. */
  readonly headers?: Readonly<Record<string, string>>
  /** Certificates to trust instead of the system's. */
  readonly ca?: string
  /** Which IP addresses may be spoken to: `isPublicAddress` unless told. */
  readonly isAllowed?: (address: string) => boolean
}

/**
 * Makes a `fetch` for URLs that strangers choose. It speaks to an address only after it was found public, and to that one:
 * a name is looked up once, so that it cannot point elsewhere between the check and the connection.
 */
export function createPublicFetch({
  timeoutMs = 10_000,
  maxBytes = 4 * 2 ** 20,
  headers = {},
  ca,
  isAllowed = isPublicAddress,
}: PublicFetchOptions = {}): FetchPublic {
  const lookUp: LookupFunction = (name, options, callback) => {
    lookup(name, { ...options, all: true }, (error, found) => {
      const [first] = found ?? []
      if (error || !first) callback(error ?? new Refusal('has no address'), [])
      else if (!found.every(({ address }) => isAllowed(address))) callback(new Refusal(notPublic), [])
      else if (options.all) callback(null, found)
      else callback(null, first.address, first.family)
    })
  }

  return async ({ url, body }) => {
    const target = new URL(url)
    const literal = target.hostname.replace(/^\[|\]$/g, '')
    const answer = new Promise<string>((resolve, reject) => {
      if (target.protocol !== 'https:') throw new Refusal('is not asked without TLS')
      if (target.username || target.password) throw new Refusal('is not asked with a password')
      if (isIP(literal) && !isAllowed(literal)) throw new Refusal(notPublic)
      const asking = request(target, {
        method: body === undefined ? 'GET' : 'POST',
        headers: {
          ...headers,
          accept: 'application/json',
          ...(body !== undefined && {
            'content-type': 'application/json',
            'content-length': Buffer.byteLength(body),
          }),
        },
        // No connection that was made for somebody else's question.
        agent: false,
        lookup: lookUp,
        signal: AbortSignal.timeout(timeoutMs),
        ...(ca !== undefined && { ca }),
      })
      const refuse = (reason: string) => {
        reject(new Refusal(reason))
        asking.destroy()
      }
      asking.on('error', reject)
      asking.on('socket', (socket: Socket) => {
        socket.once('connect', () => {
          if (!isAllowed(socket.remoteAddress ?? '')) refuse(notPublic)
        })
      })
      asking.on('response', (response) => {
        const { statusCode = 0 } = response
        if (statusCode < 200 || statusCode > 299) refuse(`answered HTTP ${statusCode}`)
        const chunks: Buffer[] = []
        let size = 0
        response.on('data', (chunk: Buffer) => {
          chunks.push(chunk)
          size += chunk.length
          if (size > maxBytes) refuse(`answered more than ${maxBytes} bytes`)
        })
        response.on('end', () => resolve(Buffer.concat(chunks).toString()))
        response.on('error', reject)
      })
      asking.end(body)
    })
    try {
      return JSON.parse(await answer)
    } catch (error) {
      throw new AppError('chain_unavailable', {
        message: `${target.host} ${reasonOf(error, timeoutMs)}.`,
        cause: error,
      })
    }
  }
}

const notPublic = 'is not on the public internet'

/** Ours, with a reason that goes after the host's name. */
class Refusal extends Error {}

function reasonOf(error: unknown, timeoutMs: number): string {
  if (error instanceof Refusal) return error.message
  if (error instanceof SyntaxError) return 'does not answer with JSON'
  if (error instanceof Error && (error.name === 'TimeoutError' || error.name === 'AbortError')) {
    return `did not answer within ${timeoutMs / 1000} s`
  }
  return 'cannot be reached'
}
