import type { Database } from '../client'
import type { KeeperAccount, OpenTransaction } from './keeper-transaction'

/**
 * Keeps a transaction that is about to be sent. Undefined, and nothing written, when the account has one under way. Once
 * this is answered it is durable.
 */
export async function insertTransaction(
  db: Database,
  transaction: KeeperAccount & {
    readonly proposalId: string
    readonly step: string
    readonly nonce: number
    readonly raw: string
    readonly hash: string
    readonly now: Date
  },
): Promise<OpenTransaction | undefined> {
  const { chainId, sender, proposalId, step, nonce, raw, hash, now } = transaction
  const { rows } = await db.query<{ id: string }>(
    `insert into keeper_transactions (chain_id, sender, proposal_id, step, nonce, raw, hashes, created_at, sent_at)
     values ($1, $2, $3, $4, $5, $6, array[$7], $8, $8)
     on conflict (chain_id, sender) where closed_at is null do nothing returning id::text`,
    [chainId, sender, proposalId, step, nonce, raw, hash, now],
  )
  return rows[0] && { ...rows[0], proposalId, step, nonce, raw, hashes: [hash], sentAt: now }
}
