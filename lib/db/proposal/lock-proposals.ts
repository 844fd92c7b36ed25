import type { Sql } from '../client'

/** What an append or a count needs to know of a proposal, true until the transaction ends. */
export interface LockedProposal {
  readonly id: string
  readonly space: { readonly id: string; readonly settingsId: string; readonly isDeleted: boolean }
  /** The message that holds its text. */
  readonly definedBy: string
  readonly snapshotHash: string
  /** Voting system. */
  readonly type: string
  readonly optionCount: number
  /** Unix seconds. */
  readonly start: number
  /** Unix seconds. */
  readonly end: number
  readonly isClosed: boolean
  readonly isHidden: boolean
  /** Ballots and its author's withdrawal are taken though it is hidden: a module goes on with it. */
  readonly goesOn: boolean
  readonly isFlagged: boolean
}

/**
 * Locks proposals until the transaction ends, always in the same order: whoever changes ballots, running totals or
 * counters of a proposal holds this lock. Ids that do not exist are absent.
 */
export async function lockProposals(sql: Sql, ids: readonly string[]): Promise<Map<string, LockedProposal>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql.query(
    `select p.id, defined_by, snapshot_hash, type, cardinality(choices) as option_count, start, "end", closed_at,
       hidden_at, p.flag_code, space.id as space_id, space.settings_id, deleted_at,
       execution_hash is not null and plugins -> 'comitia' ? 'module' and hidden_as is distinct from 'author' as goes_on
     from proposals p join spaces space on space.id = space_id
     where p.id = any($1) order by p.id for no key update of p`,
    [[...new Set(ids)]],
  )
  return new Map(
    rows.map((row) => [
      row.id,
      {
        id: row.id,
        space: { id: row.space_id, settingsId: row.settings_id, isDeleted: row.deleted_at !== null },
        definedBy: row.defined_by,
        snapshotHash: row.snapshot_hash,
        type: row.type,
        optionCount: row.option_count,
        start: Number(row.start),
        end: Number(row.end),
        isClosed: row.closed_at !== null,
        isHidden: row.hidden_at !== null,
        goesOn: row.goes_on,
        isFlagged: row.flag_code !== 0,
      },
    ]),
  )
}
