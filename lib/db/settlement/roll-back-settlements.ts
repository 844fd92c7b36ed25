import type { Database } from '../client'

/**
 * Forgets what a chain said about executions there: after a reorg it has to be read again. Decisions of people
 * (submissions, confirmations, demands) stay; where an execution goes by steps, nothing is known until then. Answers the
 * proposals concerned.
 */
export async function rollBackSettlements(db: Database, chainId: number, now: Date): Promise<string[]> {
  const { rows } = await db.pool.query<{ proposal_id: string }>(
    `update settlements s set state = case when s.data ? 'memory' then 'waiting' else 'confirming' end,
       data = s.data - 'progress' - 'lookedAt', reason = null, transaction_hash = null, block_number = null,
       block_hash = null, updated_at = $2
     from proposals p join executions e on e.hash = p.execution_hash
     where p.id = s.proposal_id and e.chain_id = $1 and (s.state <> 'refused' or s.data ? 'memory')
     returning s.proposal_id`,
    [chainId, now],
  )
  return rows.map((row) => row.proposal_id)
}
