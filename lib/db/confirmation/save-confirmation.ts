import type { Sql } from '../client'

/**
 * Keeps an owner's confirmation. Another signature of the same owner takes the former one's place: what a contract
 * accepted once it may accept no longer.
 */
export async function saveConfirmation(
  sql: Sql,
  confirmation: {
    readonly safeTxHash: string
    readonly owner: string
    readonly proposalId: string
    readonly signature: string
    readonly createdAt: Date
  },
): Promise<void> {
  const { safeTxHash, owner, proposalId, signature, createdAt } = confirmation
  await sql.query(
    `insert into confirmations (safe_tx_hash, owner, proposal_id, signature, created_at) values ($1, $2, $3, $4, $5)
     on conflict (safe_tx_hash, owner) do update set signature = excluded.signature, created_at = excluded.created_at
     where confirmations.signature <> excluded.signature`,
    [safeTxHash, owner, proposalId, signature, createdAt],
  )
}
