import type { Sql } from '../client'
import type { FlagProposal, NewMessage } from '../log/new-message'

/** Flags a proposal: lists leave it out, its page stays. The caller holds its row lock. */
export async function flagProposal(
  sql: Sql,
  { author }: NewMessage,
  { proposal }: FlagProposal,
): Promise<void> {
  await sql.query('update proposals set flag_code = 1, flagged_by = $2 where id = $1', [proposal, author])
}
