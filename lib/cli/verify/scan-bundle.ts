import { AppError } from '../../core/errors'
import type { HexString } from '../../core/views/hex-string'

/** What a bundle says of the log that it is from. None of it is verified. */
export interface ScannedBundle {
  /** The log's key, as a verifier key; empty if it names none. */
  readonly logKey: string
  /** Undefined if it names none. */
  readonly proposal: { readonly id: HexString; readonly space: string } | undefined
  /** When voting ends by the proposal in it, unix seconds; the last, if there are several. */
  readonly end: number
  /** Log indexes of its messages. */
  readonly indexes: ReadonlySet<number>
  /** The first settings in it; infinite if there are none. */
  readonly settingsAt: number
  /** Where the first link of each alias is that signed in it, by `aliasOf`. */
  readonly links: ReadonlyMap<string, number>
  /** The note that it ends with. */
  readonly checkpoint: string
}

/** Messages whose places are held at once: 500 MB. */
const MAX_MESSAGES = 5_000_000

/**
 * Reads a bundle, as far as it can be read, for what to ask its log about. Whether it is one, an audit says.
 *
 * @throws AppError `misconfigured` for one of more than `most` messages
 */
export async function scanBundle(lines: AsyncIterable<string>, most = MAX_MESSAGES): Promise<ScannedBundle> {
  let proposal: ScannedBundle['proposal']
  let [logKey, checkpoint] = ['', '']
  let end = 0
  let settingsAt = Number.POSITIVE_INFINITY
  const indexes = new Set<number>()
  const links = new Map<string, number>()
  try {
    for await (const text of lines) {
      const { kind, index, id, space, note, ...line } = parse(text)
      if ((kind === 'message' || kind === 'ballot') && typeof index === 'number') indexes.add(index)
      if (indexes.size > most) {
        throw new AppError('misconfigured', { message: 'the bundle is too large to be held against a log' })
      }
      if (kind === 'message' && typeof index === 'number') {
        const { settings, from, alias } = Object(line.message)
        if (settings !== undefined) settingsAt = Math.min(settingsAt, index)
        const key = aliasOf({ from, alias })
        if (alias !== undefined && !links.has(key)) links.set(key, index)
      }
      // The signed times; that they are the signed ones, the audit says.
      if (kind === 'message') end = Math.max(end, Number(Object(line.message).end) || 0)
      if (kind === 'header') logKey = String(line.logKey)
      if (kind === 'proposal') proposal = { id: String(id) as HexString, space: String(space) }
      if (kind === 'checkpoint') checkpoint = String(note)
    }
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'invalid') throw error
  }
  return { logKey, proposal, end, indexes, settingsAt, links, checkpoint }
}

/** Names a key and whom it signs for. */
export function aliasOf({ from, alias }: { readonly from?: unknown; readonly alias?: unknown }): string {
  return `${from} ${alias}`
}

function parse(text: string): Readonly<Record<string, unknown>> {
  try {
    return Object(JSON.parse(text))
  } catch {
    return {}
  }
}
