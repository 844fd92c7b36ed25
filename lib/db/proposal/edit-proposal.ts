import type { Sql } from '../client'
import type { EditProposal, NewMessage } from '../log/new-message'

/** Replaces a proposal's text. The caller holds its row lock and has checked that voting has not begun. */
export async function editProposal(
  sql: Sql,
  { id }: NewMessage,
  { proposal, text, flagCode }: EditProposal,
  at: Date,
): Promise<void> {
  await sql.query(
    `update proposals set defined_by = $2, title = $3, body = $4, discussion = $5, type = $6, choices = $7,
       labels = $8, plugins = $9::jsonb, privacy = $10, rule = $11::jsonb, updated_at = $12,
       flag_code = greatest(flag_code, $13) where id = $1`,
    [
      proposal,
      id,
      text.title,
      text.body,
      text.discussion,
      text.votingType,
      text.choices,
      text.labels,
      JSON.stringify(text.plugins),
      text.privacy,
      JSON.stringify(text.rule),
      at,
      flagCode,
    ],
  )
}
