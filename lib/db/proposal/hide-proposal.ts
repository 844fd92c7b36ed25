import type { Sql } from '../client'
import type { HideProposal, NewMessage } from '../log/new-message'
import { discountProposal } from '../participation/discount-proposal'

/**
 * Hides a proposal for good; its row and ballots stay. `isFirst`: nobody has hidden it yet, and its space still counts it.
 * The caller holds its row lock.
 */
export async function hideProposal(
  sql: Sql,
  { space, author }: NewMessage,
  { proposal, as, isFirst }: HideProposal & { readonly isFirst: boolean },
  at: Date,
): Promise<void> {
  await sql.query('update proposals set hidden_at = $2, hidden_by = $3, hidden_as = $4 where id = $1', [
    proposal,
    at,
    author,
    as,
  ])
  if (!isFirst) return
  await discountProposal(sql, proposal)
  await sql.query('update spaces set proposal_count = proposal_count - 1 where id = $1', [space])
}
