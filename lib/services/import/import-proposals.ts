import type { Context } from '../context'
import type { RemoteSpace } from '../remote-hub/hub-rows'
import type { Cursors } from './cursors'
import type { RowProblem } from './import-report'
import type { ImportSource } from './import-source'
import { saveProposals } from './save-proposals'

/** More than any space has. */
const MOST = 1_000_000

/**
 * Copies the proposals that were made since the last look. Answers how many messages were new; what is wrong with any is
 * added to `problems`.
 */
export async function importProposals(
  ctx: Context,
  source: ImportSource,
  space: RemoteSpace,
  cursors: Cursors,
  problems: RowProblem[],
): Promise<number> {
  const limits = { since: cursors.proposals, most: MOST }
  let [added, seen] = [0, 0]
  for await (const rows of source.hub.list('proposals', { space: space.id.toLowerCase() }, limits)) {
    cursors.proposals = rows.at(-1)?.created ?? cursors.proposals
    added += await saveProposals(ctx, source, { space, rows, cursors, problems })
    seen += rows.length
    source.onProgress?.(`${seen} proposals`)
  }
  return added
}
