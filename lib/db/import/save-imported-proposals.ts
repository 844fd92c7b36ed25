import type { ProposalText } from '../log/new-message'
import type { ImportTurn } from './append-imported'

/** A proposal as another hub has it. */
export interface ImportedProposal {
  readonly id: string
  /** The message that holds its text, as the hub shows it. */
  readonly definedBy: string
  readonly space: string
  readonly author: string
  readonly text: ProposalText
  readonly app: string
  /** Unix seconds. */
  readonly created: number
  /** Unix seconds. */
  readonly updated: number | null
  /** Unix seconds. */
  readonly start: number
  /** Unix seconds. */
  readonly end: number
  readonly network: string
  readonly snapshot: { readonly number: number; readonly hash: string; readonly timestamp: number }
  readonly symbol: string
  readonly voteValidation: object
  readonly quorum: number
  readonly quorumType: '' | 'rejection'
  readonly strategies: readonly object[]
  readonly flagCode: number
  readonly origin: { readonly hub: string; readonly importedAt: number; readonly theirs: object }
}

/**
 * Writes proposals, or what may have changed of them. Those that have no place in the log are left out, and no row changes
 * that is not this hub's in this space. The caller holds the log's lock; their space is there.
 */
export async function saveImportedProposals(
  { sql, places }: ImportTurn,
  proposals: readonly ImportedProposal[],
): Promise<void> {
  for (const proposal of proposals) {
    const { text } = proposal
    const place = places.get(proposal.id)
    if (!place) continue
    const definedBy = places.get(proposal.definedBy) ?? place
    await sql.query(
      `insert into proposals (id, defined_by, log_index, space_id, author, title, body, discussion, type, choices,
         labels, plugins, privacy, rule, app, start, "end", network, snapshot, snapshot_hash, snapshot_time, symbol,
         strategies, created_at, updated_at, timestamp, settings_id, vote_validation, quorum, quorum_type, flag_code,
         origin)
       select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12::jsonb, $13, $14::jsonb, $15, $16, $17, $18, $19, $20,
         $21, $22, $23::jsonb, to_timestamp($24), to_timestamp($25), $24, spaces.settings_id, $26::jsonb, $27, $28, $29,
         $30::jsonb
       from spaces where spaces.id = $4
       on conflict (id) do update set defined_by = excluded.defined_by, title = excluded.title, body = excluded.body,
         discussion = excluded.discussion, type = excluded.type, choices = excluded.choices, labels = excluded.labels,
         plugins = excluded.plugins, privacy = excluded.privacy, rule = excluded.rule,
         updated_at = excluded.updated_at, flag_code = excluded.flag_code, hidden_at = null, hidden_by = null,
         hidden_as = null, origin = excluded.origin || proposals.origin
       where proposals.space_id = excluded.space_id and proposals.origin ->> 'hub' = excluded.origin ->> 'hub'`,
      [
        proposal.id,
        definedBy.id,
        place.logIndex,
        proposal.space,
        proposal.author,
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
        proposal.snapshot.number,
        proposal.snapshot.hash,
        proposal.snapshot.timestamp,
        proposal.symbol,
        JSON.stringify(proposal.strategies),
        proposal.created,
        proposal.updated,
        JSON.stringify(proposal.voteValidation),
        proposal.quorum,
        proposal.quorumType,
        proposal.flagCode,
        JSON.stringify(proposal.origin),
      ],
    )
  }
}
