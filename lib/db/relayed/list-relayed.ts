import type { Database } from '../client'
import { type RelayedRow, relayedColumns } from './relayed-row'

/**
 * What one wallet had to approve about a proposal, and what Safes had that it is an owner of, once an owner has signed
 * for it: any contract can name anybody an owner. What waits and was signed for comes first, then what is newest.
 */
export async function listRelayed(
  db: Database,
  {
    proposal,
    address,
    first,
  }: { readonly proposal: string; readonly address: string; readonly first: number },
): Promise<RelayedRow[]> {
  const { rows } = await db.query<RelayedRow>(
    `select ${relayedColumns} from relayed_envelopes where proposal = $1
       and (address = $2 or (safe -> 'owners' ? $2 and approvals <> '{}'))
     order by state = 'waiting' and approvals <> '{}' desc, created_at desc, id limit $3`,
    [proposal, address, first],
  )
  return rows
}
