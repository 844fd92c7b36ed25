import type { ImportTurn } from './append-imported'

export interface ImportedFollow {
  readonly id: string
  readonly follower: string
  readonly space: string
  readonly network: string
  readonly created: number
}

export interface ImportedStatement {
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
}

/** Writes who follows a space. Whoever follows it here already does so by his own message. */
export async function saveImportedFollows(
  { sql }: ImportTurn,
  follows: readonly ImportedFollow[],
): Promise<void> {
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

/** Writes what delegates say to a space, unless they said something newer here. */
export async function saveImportedStatements(
  { sql }: ImportTurn,
  statements: readonly ImportedStatement[],
): Promise<void> {
  for (const row of statements) {
    await sql.query(
      `insert into statements (delegate, space_id, network, id, about, statement, discourse, status, created, updated)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
       on conflict (delegate, space_id, network) do update set id = excluded.id, about = excluded.about,
         statement = excluded.statement, discourse = excluded.discourse, status = excluded.status,
         updated = excluded.updated
       where statements.updated < excluded.updated`,
      [
        row.delegate,
        row.space,
        row.network,
        row.id,
        row.about,
        row.statement,
        row.discourse,
        row.status,
        row.created,
        row.updated,
      ],
    )
  }
}

/** Ends what people followed by the hub's word and follow there no more. `still`: ids of those that they do. */
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
