import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { encodeEntryBundle } from '../../core/log/entry-bundle'
import { hashLeaf } from '../../core/log/leaf'
import type { TiledTree } from '../../core/log/proofs-from-tiles'
import { publishTiles } from '../../core/log/publish-tiles.suite'
import { parseTilePath } from '../../core/log/tile-path'

/** What a server shows of a log, all of it up to whoever runs the test: nothing here has to fit together. */
export interface Shown {
  /** Entries as they are served. */
  entries: readonly Uint8Array[]
  /** Hashes that the tiles are made of, where they are not those of the entries. */
  leaves?: readonly Uint8Array[]
  note: string
  /** Signed texts by content id. */
  envelopes?: ReadonlyMap<string, string>
  /** The log's key and receipt keys, as the installation names them; without it there is no API. */
  keys?: { readonly log: string; readonly receipts: readonly string[] }
  /** Answers a path otherwise; null: not at all. */
  instead?: (path: string) => Uint8Array | string | null | undefined
}

/** A server of a log on a free port, by the same paths as a Comitia server. */
export async function serveLog(first: Shown) {
  let shown = first
  let tiles: TiledTree | undefined
  const asked: string[] = []

  const answer = async (path: string): Promise<Uint8Array | string | null> => {
    const other = shown.instead?.(path)
    if (other !== undefined) return other
    if (path === '/log/checkpoint') return shown.note
    if (path === '/api/v1/installation' && shown.keys) {
      const { log, receipts } = shown.keys
      return JSON.stringify({ receiptKeys: receipts, log: { key: log, keys: [log] } })
    }
    const [, cid] = /^\/api\/ipfs\/(\w+)$/.exec(path) ?? []
    if (cid) return shown.envelopes?.get(cid) ?? null
    if (!path.startsWith('/log/tile/')) return null
    const { level, index, width } = parseTilePath(path.slice('/log/'.length))
    if (level === 'entries') {
      const some = shown.entries.slice(256 * index, 256 * index + width)
      return some.length === width ? encodeEntryBundle(some) : null
    }
    tiles ??= publishTiles(shown.leaves ?? shown.entries.map(hashLeaf))
    return tiles.read({ level, index, width })
  }

  const server = createServer(async ({ url = '' }, response) => {
    asked.push(url)
    const body = await answer(url).catch(() => null)
    if (body === null) response.writeHead(404)
    response.end(body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url,
    /** Changes what is shown from now on. */
    show(change: Partial<Shown>): void {
      shown = { ...shown, ...change }
      tiles = undefined
    },
    /** Paths asked for since it was called last. */
    asked: () => asked.splice(0),
    stop(): void {
      server.closeAllConnections()
      server.close()
    },
  }
}

export type LogSite = Awaited<ReturnType<typeof serveLog>>
