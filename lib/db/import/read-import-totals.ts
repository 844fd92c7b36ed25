import type { Database } from '../client'

/** What of a space came from another hub, and what is to be said of it. */
export interface ImportedTotals {
  readonly proposals: number
  readonly counted: number
  readonly votes: number
  readonly follows: number
  readonly statements: number
  /** Messages by how they were checked. */
  readonly checks: Readonly<Record<string, number>>
  readonly unchecked: readonly { readonly id: string; readonly kind: string; readonly reason: string }[]
  /** Proposals whose count is not the hub's, or could not be made, or from which ballots were left out. */
  readonly noted: readonly { readonly id: string; readonly title: string; readonly origin: unknown }[]
}

const NAMED = 20

export async function readImportTotals(db: Database, space: string): Promise<ImportedTotals> {
  const [counts, checks, unchecked, noted] = await Promise.all([
    db.query(
      `select (select count(*) from proposals where space_id = $1 and origin is not null and hidden_at is null) as proposals,
         (select count(*) from proposals join results on proposal_id = id where space_id = $1 and origin is not null
            and hidden_at is null) as counted,
         (select count(*) from votes join proposals p on p.id = proposal_id where votes.space_id = $1 and current
            and p.origin is not null and p.hidden_at is null) as votes,
         (select count(*) from follows where space_id = $1) as follows,
         (select count(*) from statements where space_id = $1) as statements`,
      [space],
    ),
    db.query(
      `select verification ->> 'checked' as checked, count(*) from messages
       where space = $1 and verification ->> 'method' = 'imported' group by 1`,
      [space],
    ),
    db.query(
      `select coalesce(verification ->> 'shown', id) as id, kind, verification ->> 'reason' as reason from messages
       where space = $1 and verification ->> 'checked' = 'unchecked' order by log_index limit ${NAMED}`,
      [space],
    ),
    db.query(
      `select id, title, origin from proposals where space_id = $1 and hidden_at is null and origin is not null
         and (origin -> 'agrees' is distinct from 'true'::jsonb or (origin ->> 'leftOutCount')::int > 0)
       order by log_index`,
      [space],
    ),
  ])
  const [row = {}] = counts.rows as Record<string, string>[]
  return {
    proposals: Number(row.proposals),
    counted: Number(row.counted),
    votes: Number(row.votes),
    follows: Number(row.follows),
    statements: Number(row.statements),
    checks: Object.fromEntries(checks.rows.map(({ checked, count }) => [checked, Number(count)])),
    unchecked: unchecked.rows as ImportedTotals['unchecked'][number][],
    noted: noted.rows as ImportedTotals['noted'][number][],
  }
}
