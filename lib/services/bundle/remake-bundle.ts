import { writeBundle } from '../../core/audit/write-bundle'
import type { StoredBundle } from '../../db/bundle/find-bundle'
import type { BundleMessageRow } from '../../db/bundle/list-bundle-messages'
import type { Database } from '../../db/client'
import type { ProposalRow } from '../../db/proposal/find-proposal'
import { bundleSource } from './bundle-source'

const END = '{"kind":"end"'

/**
 * The lines of a bundle that was written before, made again from the database under the seal that it got then. They are
 * the same bytes for ever; if a row was changed since, the seal does not fit, and whoever audits the file sees it.
 */
export async function* remakeBundle(
  db: Database,
  proposal: ProposalRow,
  stored: StoredBundle,
  onMessage?: (row: BundleMessageRow) => void,
): AsyncGenerator<string> {
  const { header, checkpoint, lines, sha256, signature } = stored
  const source = bundleSource(db, proposal, { header, checkpoint, sign: () => nobody }, onMessage)
  for await (const line of writeBundle(source)) {
    yield line.startsWith(END) ? `${JSON.stringify({ kind: 'end', lines, sha256, signature })}\n` : line
  }
}

const nobody = { name: '', keyId: new Uint8Array(4), bytes: new Uint8Array(64) }
