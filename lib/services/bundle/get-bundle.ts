import { AppError } from '../../core/errors'
import type { HexString } from '../../core/views/hex-string'
import { findBundle } from '../../db/bundle/find-bundle'
import { unixSeconds } from '../../platform/clock'
import type { Context } from '../context'
import { getProposalRow } from '../proposal/get-proposal-row'
import { remakeBundle } from './remake-bundle'

/** A bundle as a file. */
export interface BundleFile {
  readonly name: string
  readonly bytes: number
  /** Of all but the last line, which is the seal over it. */
  readonly sha256: HexString
  /** Made as it is read, in pieces; whoever stops reading stops the reads of the database. */
  content(): AsyncGenerator<string>
}

/** The job that writes a bundle begins as soon as there is a result. */
const soonSeconds = 5

/** A closed proposal's bundle. Throws `not_found`; `conflict` while it is not written, with when to ask again. */
export async function getBundle(ctx: Context, id: string): Promise<BundleFile> {
  const proposal = await getProposalRow(ctx, id)
  const stored = await findBundle(ctx.db, id)
  if (!stored) {
    const left = Number(proposal.end) - unixSeconds(ctx.clock)
    throw left >= 0
      ? new AppError('conflict', {
          message: 'A proposal has its bundle when voting is over and counted.',
          details: { retryAfter: left + soonSeconds },
        })
      : new AppError('conflict', {
          message: 'The bundle of this proposal is being written. Try again in a moment.',
          details: { retryAfter: soonSeconds },
        })
  }
  const space = proposal.spaceId.replace(/[^a-z0-9.-]/g, '_')
  return {
    name: `comitia-${space}-${id.slice(2, 10)}.ndjson`,
    bytes: stored.bytes,
    sha256: stored.sha256,
    content: () => inPieces(remakeBundle(ctx.db, proposal, stored)),
  }
}

/** Characters of one piece, or some more. */
const pieceLength = 65_536

async function* inPieces(lines: AsyncIterable<string>): AsyncGenerator<string> {
  let piece = ''
  for await (const line of lines) {
    piece += line
    if (piece.length < pieceLength) continue
    yield piece
    piece = ''
  }
  yield piece
}
