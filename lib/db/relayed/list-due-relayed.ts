import type { Database } from '../client'
import { type RelayedRow, relayedColumns } from './relayed-row'

/** Waiting messages whose wallets are to be asked again, the one due longest first. */
export async function listDueRelayed(
  db: Database,
  { now, first }: { readonly now: Date; readonly first: number },
): Promise<RelayedRow[]> {
  const { rows } = await db.query<RelayedRow>(
    `select ${relayedColumns} from relayed_envelopes where state = 'waiting' and due_at <= $1
     order by due_at, id limit $2`,
    [now, first],
  )
  return rows
}
