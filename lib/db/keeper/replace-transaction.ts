import type { Database } from '../client'
import type { OpenTransaction } from './keeper-transaction'

/** Keeps a new version of a transaction before it is sent. False when it was closed or replaced by somebody else. */
export async function replaceTransaction(
  db: Database,
  former: OpenTransaction,
  { raw, hash, now }: { readonly raw: string; readonly hash: string; readonly now: Date },
): Promise<boolean> {
  const { rowCount } = await db.query(
    `update keeper_transactions set raw = $3, hashes = hashes || $4::text, sent_at = $5
     where id = $1 and raw = $2 and closed_at is null`,
    [former.id, former.raw, raw, hash, now],
  )
  return rowCount === 1
}
