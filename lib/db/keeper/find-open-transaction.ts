import type { Database } from '../client'
import type { KeeperAccount, OpenTransaction } from './keeper-transaction'

/** What an account has under way, if anything. */
export async function findOpenTransaction(
  db: Database,
  { chainId, sender }: KeeperAccount,
): Promise<OpenTransaction | undefined> {
  const { rows } = await db.query<OpenTransaction>(
    `select id::text, proposal_id as "proposalId", step, nonce, raw, hashes, sent_at as "sentAt"
     from keeper_transactions where chain_id = $1 and sender = $2 and closed_at is null`,
    [chainId, sender],
  )
  return rows[0]
}
