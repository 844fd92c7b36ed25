import { AppError } from '../../core/errors'
import type { HexString } from '../../core/views/hex-string'

/** What a bundle says of the log that it is from. None of it is verified. */
export interface ScannedBundle {
  /** The log's key, as a verifier key; empty if it names none. */
  readonly logKey: string
  /** Undefined if it names none. */
  readonly proposal: { readonly id: HexString; readonly space: string } | undefined
  /** Log indexes of its messages. */
  readonly indexes: ReadonlySet<number>
  /** The note that it ends with. */
  readonly checkpoint: string
}

/** Reads a bundle, as far as it can be read, for what to ask its log about. Whether it is one, an audit says. */
export async function scanBundle(lines: AsyncIterable<string>): Promise<ScannedBundle> {
  let proposal: ScannedBundle['proposal']
  let [logKey, checkpoint] = ['', '']
  const indexes = new Set<number>()
  try {
    for await (const text of lines) {
      const { kind, index, id, space, note, ...line } = parse(text)
      if ((kind === 'message' || kind === 'ballot') && typeof index === 'number') indexes.add(index)
      if (kind === 'header') logKey = String(line.logKey)
      if (kind === 'proposal') proposal = { id: String(id) as HexString, space: String(space) }
      if (kind === 'checkpoint') checkpoint = String(note)
    }
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'invalid') throw error
  }
  return { logKey, proposal, indexes, checkpoint }
}

function parse(text: string): Readonly<Record<string, unknown>> {
  try {
    return Object(JSON.parse(text))
  } catch {
    return {}
  }
}
