import type { Database } from '../client'
import { type RelayedRow, relayedColumns } from './relayed-row'

export async function findRelayed(db: Pick<Database, 'query'>, id: string): Promise<RelayedRow | undefined> {
  const { rows } = await db.query<RelayedRow>(
    `select ${relayedColumns} from relayed_envelopes where id = $1`,
    [id],
  )
  return rows[0]
}
