import type { Database } from '../client'
import type { TransactionOutcome } from './keeper-transaction'

/** Notes what became of a transaction; the first word counts. Its account may send the next one. */
export async function closeTransaction(
  db: Database,
  { id, outcome, now }: { readonly id: string; readonly outcome: TransactionOutcome; readonly now: Date },
): Promise<void> {
  await db.query(
    'update keeper_transactions set closed_at = $3, outcome = $2 where id = $1 and closed_at is null',
    [id, outcome, now],
  )
}
