import type { Database } from '../client'
import { type NewVerification, saveVerification } from '../verification/save-verification'
import type { StoredBundle } from './find-bundle'

/**
 * Writes a bundle and its first verification together, unless there is one; answers whether this call did. Which of two
 * writers is first does not matter: each has audited what it writes.
 */
export async function insertBundle(
  db: Database,
  bundle: StoredBundle,
  verification: NewVerification,
): Promise<boolean> {
  return db.transaction(async (sql) => {
    const { rowCount } = await sql.query(
      `insert into bundles (proposal_id, header, checkpoint, bytes, lines, sha256, signature, written_at)
       values ($1, $2::jsonb, $3, $4, $5, $6, $7, $8) on conflict (proposal_id) do nothing`,
      [
        bundle.proposalId,
        JSON.stringify(bundle.header),
        bundle.checkpoint,
        bundle.bytes,
        bundle.lines,
        bundle.sha256,
        bundle.signature,
        bundle.writtenAt,
      ],
    )
    if (rowCount !== 1) return false
    await saveVerification(sql, verification)
    return true
  })
}
