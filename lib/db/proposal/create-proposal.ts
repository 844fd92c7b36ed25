import type { Sql } from '../client'
import type { CreateProposal, NewMessage } from '../log/new-message'
import { countProposal } from '../participation/count-proposal'

/** Creates a proposal and counts it in its space. The caller holds the log's lock. */
export async function createProposal(
  sql: Sql,
  { id, space, author, timestamp }: NewMessage,
  { text, snapshot, ...proposal }: CreateProposal,
  logIndex: number,
  at: Date,
): Promise<void> {
  await sql.query(
    `insert into proposals (id, defined_by, log_index, space_id, author, title, body, discussion, type, choices,
       labels, plugins, privacy, rule, app, start, "end", network, snapshot, snapshot_hash, snapshot_time, symbol,
       strategies, execution_hash, treasury, module, created_at, settings_id, vote_validation, quorum, quorum_type,
       frozen_hash, timestamp, flag_code)
     values ($1, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11::jsonb, $12, $13::jsonb, $14, $15, $16, $17, $18, $19,
       $20, $21, $22::jsonb, $23, $24, $25::jsonb, $26, $27, $28::jsonb, $29, $30, $31, $32, $33)`,
    [
      id,
      logIndex,
      space,
      author,
      text.title,
      text.body,
      text.discussion,
      text.votingType,
      text.choices,
      text.labels,
      JSON.stringify(text.plugins),
      text.privacy,
      JSON.stringify(text.rule),
      proposal.app,
      proposal.start,
      proposal.end,
      proposal.network,
      snapshot.number.toString(),
      snapshot.hash,
      snapshot.timestamp,
      proposal.symbol,
      JSON.stringify(proposal.strategies),
      proposal.executionHash,
      proposal.treasury,
      proposal.module && JSON.stringify(proposal.module),
      at,
      proposal.settingsId,
      JSON.stringify(proposal.voteValidation),
      proposal.quorum,
      proposal.quorumType,
      proposal.frozenHash,
      timestamp,
      proposal.flagCode,
    ],
  )
  await countProposal(sql, { space, author })
  await sql.query('update spaces set proposal_count = proposal_count + 1, active_at = $2 where id = $1', [
    space,
    at,
  ])
}
