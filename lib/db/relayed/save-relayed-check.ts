import type { Database } from '../client'
import type { RelayedRow } from './relayed-row'

/** Keeps what came of asking a wallet, of a message that still waits. `safe` undefined: as it was. */
export async function saveRelayedCheck(
  db: Database,
  check: Pick<RelayedRow, 'id' | 'state' | 'reason'> & {
    readonly safe?: RelayedRow['safe']
    readonly checkedAt: Date
    readonly dueAt: Date
  },
): Promise<void> {
  const { id, state, reason, safe, checkedAt, dueAt } = check
  await db.query(
    `update relayed_envelopes set state = $2, reason = $3, checked_at = $4, due_at = $5,
       safe = case when $6 then $7::jsonb else safe end
     where id = $1 and state = 'waiting'`,
    [id, state, reason, checkedAt, dueAt, safe !== undefined, safe ? JSON.stringify(safe) : null],
  )
}
