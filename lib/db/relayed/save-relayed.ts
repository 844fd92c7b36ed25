import type { Sql } from '../client'
import type { RelayedRow } from './relayed-row'

/**
 * Keeps a message to wait for its wallet, which was looked at just now. One that waits or was accepted stays as it is;
 * another one begins anew.
 */
export async function saveRelayed(
  sql: Sql,
  message: Pick<
    RelayedRow,
    | 'id'
    | 'address'
    | 'chainId'
    | 'kind'
    | 'space'
    | 'proposal'
    | 'envelope'
    | 'safe'
    | 'createdAt'
    | 'expiresAt'
  > & { readonly sender: string },
): Promise<void> {
  const { id, address, chainId, kind, space, proposal, envelope, safe, sender, createdAt, expiresAt } =
    message
  await sql.query(
    `insert into relayed_envelopes (id, address, chain_id, kind, space, proposal, envelope, state, sender, created_at,
       expires_at, checked_at, due_at, safe)
     values ($1, $2, $3, $4, $5, $6, $7, 'waiting', $8, $9, $10, $9, $9, $11::jsonb)
     on conflict (id) do update set address = excluded.address, chain_id = excluded.chain_id,
       envelope = excluded.envelope, state = excluded.state, reason = null, sender = excluded.sender,
       created_at = excluded.created_at, expires_at = excluded.expires_at, checked_at = excluded.checked_at,
       due_at = excluded.due_at, safe = excluded.safe
     where relayed_envelopes.state in ('refused', 'expired')`,
    [
      ...[id, address, chainId, kind, space, proposal, envelope, sender, createdAt, expiresAt],
      safe && JSON.stringify(safe),
    ],
  )
}
