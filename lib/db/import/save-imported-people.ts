import type { ImportTurn } from './append-imported'

export interface ImportedFollow {
  /** As the hub shows it. */
  readonly id: string
  readonly follower: string
  readonly space: string
  readonly network: string
  readonly created: number
}

export interface ImportedStatement {
  /** As the hub shows it. */
  readonly id: string
  readonly delegate: string
  readonly space: string
  readonly network: string
  readonly about: string
  readonly statement: string
  readonly discourse: string
  readonly status: 'ACTIVE' | 'INACTIVE'
  readonly created: number
  readonly updated: number
  /** Whether it is known to be what its delegate signed. */
  readonly isProven: boolean
}

/** Writes who follows a space. Whoever follows it here already does so by his own message. */
export async function saveImportedFollows(
  { sql, places }: ImportTurn,
  rows: readonly ImportedFollow[],
): Promise<void> {
  const follows = rows.flatMap((row) => {
    const id = places.get(row.id)?.id
    return id === undefined ? [] : { ...row, id }
  })
  await sql.query(
    `insert into follows (follower, space_id, network, id, created)
     select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bigint[]) on conflict do nothing`,
    [
      follows.map(({ follower }) => follower),
      follows.map(({ space }) => space),
      follows.map(({ network }) => network),
      follows.map(({ id }) => id),
      follows.map(({ created }) => created),
    ],
  )
}

/**
 * Writes what delegates say to a space, unless they said something newer here. What is not proven to be theirs replaces
 * nothing but what the same hub said before.
 */
export async function saveImportedStatements(
  { sql, places }: ImportTurn,
  statements: readonly ImportedStatement[],
): Promise<void> {
  for (const row of statements) {
    const place = places.get(row.id)
    // What is in the log as it was signed stays so.
    if (!place || (place.id === row.id && !row.isProven)) continue
    await sql.query(
      `insert into statements (delegate, space_id, network, id, about, statement, discourse, status, created, updated)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
       on conflict (delegate, space_id, network) do update set id = excluded.id, about = excluded.about,
         statement = excluded.statement, discourse = excluded.discourse, status = excluded.status,
         updated = excluded.updated
       where statements.updated < excluded.updated and ($11 or exists (
         select from messages old join messages new on new.id = excluded.id
         where old.id = statements.id and old.verification ->> 'method' = 'imported'
           and old.verification ->> 'imported' = new.verification ->> 'imported'))`,
      [
        row.delegate,
        row.space,
        row.network,
        place.id,
        row.about,
        row.statement,
        row.discourse,
        row.status,
        row.created,
        row.updated,
        row.isProven,
      ],
    )
  }
}

/** Ends what people followed by the hub's word and follow there no more. `still`: ids in the log of those that they do. */
export async function dropImportedFollows(
  { sql }: Pick<ImportTurn, 'sql'>,
  space: string,
  still: readonly string[],
): Promise<void> {
  await sql.query(
    `delete from follows using messages where follows.space_id = $1 and messages.id = follows.id
       and messages.verification ->> 'method' = 'imported' and not follows.id = any($2)`,
    [space, still],
  )
}
