import type { ReadBlock } from '../../core/audit/audit-options'
import type { Database } from '../client'

/** Notes where each chain was read, of a result that does not say it yet. */
export async function saveBlocks(
  db: Database,
  proposalId: string,
  blocks: readonly ReadBlock[],
): Promise<void> {
  await db.query('update results set blocks = $2::jsonb where proposal_id = $1 and blocks is null', [
    proposalId,
    JSON.stringify(blocks),
  ])
}
