import type { Database } from '../client'
import { type RelayedRow, relayedColumns } from './relayed-row'

/**
 * What one wallet had to approve about a proposal, and what Safes had that it is an owner of. Any contract can name
 * anybody an owner: of what no owner has signed for, each shows its newest alone. What waits and was signed for comes
 * first, then what is newest.
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
    `select ${relayedColumns} from (
       select *, row_number() over (partition by address, approvals = '{}' order by created_at desc, id) as place
       from relayed_envelopes where proposal = $1 and (address = $2 or safe -> 'owners' ? $2)
     ) as relayed_envelopes
     where address = $2 or approvals <> '{}' or place = 1
     order by state = 'waiting' and approvals <> '{}' desc, created_at desc, id limit $3`,
    [proposal, address, first],
  )
  return rows
}
