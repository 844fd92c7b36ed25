import { bytesToHex } from '@noble/hashes/utils'
import { z } from 'zod'
import { refuse } from '../../core/errors'
import { TILE_WIDTH, type Tile, tilePath } from '../../core/log/tile-path'
import { cidOf } from '../../core/messages/envelope'
import type { Fetcher } from './fetcher'

/** A log as it is served: by a Comitia server, or by a mirror of its files. Whatever it answers may be a lie. */
export interface LogServer {
  /** What is asked: the URL that `checkpoint` and `tile/…` lie under. */
  readonly url: string
  /** The log's newest state. */
  fetchCheckpoint(): Promise<ServedCheckpoint>
  /** The newest state that the log's witnesses have co-signed; undefined if there is none. */
  fetchWitnessed(): Promise<string | undefined>
  /** A tile's bytes, or a full one's where a partial one is asked for; undefined if it is not served. */
  fetchTile(tile: Tile): Promise<Uint8Array | undefined>
  /** The text whose sha-256 this is, by the server's word; undefined if it is not served. */
  fetchEnvelope(sha256: Uint8Array): Promise<string | undefined>
  /** What the operator publishes of its keys; undefined where only files are served. */
  fetchKeys(): Promise<PublishedKeys | undefined>
}

export interface ServedCheckpoint {
  readonly note: string
  /** When the log was in this state by the server's clock, unix seconds; undefined if it does not say. */
  readonly madeAt: number | undefined
}

const publishedSchema = z.object({
  receiptKeys: z.array(z.string()),
  log: z.object({ key: z.string(), keys: z.array(z.string()) }),
})

export type PublishedKeys = z.output<typeof publishedSchema>

const MAX_NOTE = 100_000
/** An entry of this version has 74 bytes; a reader of later ones may want more. */
const MAX_ENTRIES = 1_000_000
const MAX_ENVELOPE = 1_000_000
const MAX_VIEW = 1_000_000

/**
 * Finds the log of a Comitia server by the server's address, or a log by the address of its files.
 *
 * @throws AppError `invalid` if there is none
 */
export async function openLogServer(address: string, fetcher: Fetcher): Promise<LogServer> {
  const given = address.replace(/\/+$/, '')
  const isLog = given.endsWith('/log')
  for (const url of isLog ? [given] : [`${given}/log`, given]) {
    const first = await fetchCheckpoint(url)
    if (first) return serverAt(url, first)
  }
  return refuse(`there is no log at ${address}`)

  async function fetchCheckpoint(url: string): Promise<ServedCheckpoint | undefined> {
    const answer = await fetcher.read(`${url}/checkpoint`, MAX_NOTE)
    return answer && { note: textOf(answer.body), madeAt: answer.madeAt }
  }

  function serverAt(url: string, first: ServedCheckpoint): LogServer {
    let found: ServedCheckpoint | undefined = first
    const api = url.endsWith('/log') ? url.slice(0, -'/log'.length) : undefined
    return {
      url,
      async fetchCheckpoint() {
        const answer = found ?? (await fetchCheckpoint(url))
        found = undefined
        return answer ?? refuse(`${url}/checkpoint is gone`)
      },
      async fetchWitnessed() {
        const answer = await fetcher.read(`${url}/checkpoint/witnessed`, MAX_NOTE)
        return answer && textOf(answer.body)
      },
      async fetchTile(tile) {
        const limit = tile.level === 'entries' ? MAX_ENTRIES : 32 * TILE_WIDTH
        const answer = await fetcher.read(`${url}/${tilePath(tile)}`, limit)
        if (answer || tile.width === TILE_WIDTH) return answer?.body
        // A partial tile may be thrown away once the full one is there.
        return (await fetcher.read(`${url}/${tilePath({ ...tile, width: TILE_WIDTH })}`, limit))?.body
      },
      async fetchEnvelope(sha256) {
        if (!api) return undefined
        const answer = await fetcher.read(`${api}/api/ipfs/${cidOf(sha256)}`, MAX_ENVELOPE)
        return answer && textOf(answer.body)
      },
      async fetchKeys() {
        const answer = api ? await fetcher.read(`${api}/api/v1/installation`, MAX_VIEW) : undefined
        if (!answer) return undefined
        const parsed = publishedSchema.safeParse(parseJson(textOf(answer.body)))
        return parsed.success ? parsed.data : refuse(`${api}/api/v1/installation does not name the log’s key`)
      },
    }
  }
}

/** Text in UTF-8; of bytes that are none, their hex, which is nothing that is looked for. */
function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return bytesToHex(bytes)
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
