import type { Pool } from 'pg'
import type { Sql } from '../client'

/** What counts now for a proposal, once somebody who was an owner then has confirmed it. */
export interface ConfirmedSubmissionRow {
  readonly proposalId: string
  readonly hash: string
  readonly nonce: number
  readonly confirmedBy: string[]
}

/** The newest submission of each proposal to that account, those without a confirmation left out. */
export async function listConfirmedSubmissions(
  sql: Sql | Pool,
  account: { readonly chainId: number; readonly address: string },
): Promise<ConfirmedSubmissionRow[]> {
  const { rows } = await sql.query<ConfirmedSubmissionRow>(
    `select s.proposal_id as "proposalId", c.safe_tx_hash as hash,
       (s.data -> 'submissions' -> -1 ->> 'nonce')::int as nonce, array_agg(c.owner) as "confirmedBy"
     from settlements s join proposals p on p.id = s.proposal_id join executions e on e.hash = p.execution_hash
       join confirmations c on c.proposal_id = s.proposal_id and c.safe_tx_hash = s.data -> 'submissions' -> -1 ->> 'hash'
     where e.chain_id = $1 and e.verifier = $2
     group by s.proposal_id, c.safe_tx_hash, nonce`,
    [account.chainId, account.address],
  )
  return rows
}
