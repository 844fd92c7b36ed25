import type { Sql } from '../client'

/** What an append or a count needs to know of a proposal, true until the transaction ends. */
export interface LockedProposal {
  readonly id: string
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
}

/**
 * Locks proposals until the transaction ends, always in the same order: whoever changes ballots, running totals or
 * counters of a proposal holds this lock. Ids that do not exist are absent.
 */
export async function lockProposals(sql: Sql, ids: readonly string[]): Promise<Map<string, LockedProposal>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql.query(
    `select id, defined_by, snapshot_hash, type, cardinality(choices) as option_count, start, "end", closed_at, hidden_at,
       execution_hash is not null and plugins -> 'comitia' ? 'module' and hidden_as is distinct from 'author' as goes_on
     from proposals where id = any($1) order by id for no key update`,
    [[...new Set(ids)]],
  )
  return new Map(
    rows.map((row) => [
      row.id,
      {
        id: row.id,
        definedBy: row.defined_by,
        snapshotHash: row.snapshot_hash,
        type: row.type,
        optionCount: row.option_count,
        start: Number(row.start),
        end: Number(row.end),
        isClosed: row.closed_at !== null,
        isHidden: row.hidden_at !== null,
        goesOn: row.goes_on,
      },
    ]),
  )
}
