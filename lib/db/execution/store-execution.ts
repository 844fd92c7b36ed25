import type { Database } from '../client'

/**
 * Stores a batch under its hash. The same batch again renews its hour and replaces what explains its calls, which
 * no hash covers; once a proposal names the batch, its explanations stay as they are.
 */
export async function storeExecution(
  db: Database,
  batch: {
    readonly hash: string
    readonly chainId: number
    readonly verifier: string
    /** The Safe that the verifier, a module, acts for; null: the verifier is the Safe. */
    readonly safe: string | null
    /** JSON form, value as decimal string. */
    readonly calls: readonly object[]
    readonly createdAt: Date
  },
): Promise<void> {
  await db.pool.query(
    `insert into executions (hash, chain_id, verifier, safe, calls, created_at) values ($1, $2, $3, $6, $4::jsonb, $5)
     on conflict (hash) do update set created_at = excluded.created_at, safe = excluded.safe,
       calls = case when exists (select from proposals p where p.execution_hash = executions.hash)
         then executions.calls else excluded.calls end`,
    [batch.hash, batch.chainId, batch.verifier, JSON.stringify(batch.calls), batch.createdAt, batch.safe],
  )
}
