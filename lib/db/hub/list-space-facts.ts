import { type HubReader, queryPublic } from './query-public'

/** What spaces are ranked and counted by. */
export interface SpaceFacts {
  readonly id: string
  readonly name: string
  readonly isPrivate: boolean
  readonly verified: boolean
  readonly turbo: boolean
  readonly flagged: boolean
  readonly isChild: boolean
  readonly proposalCount: number
  readonly voteCount: number
  readonly followerCount: number
  readonly categories: readonly string[]
  /** Its own, its strategies', and theirs. */
  readonly networks: readonly string[]
  readonly strategies: readonly string[]
  readonly plugins: readonly string[]
  readonly validation: string | null
  readonly skin: string | null
}

/** Of every space that was not deleted. */
export async function listSpaceFacts(reader: HubReader): Promise<SpaceFacts[]> {
  const rows = await queryPublic(
    reader,
    `select id, name, settings @> '{"private": true}' as private, verified, turbo, flag_code > 0 as flagged,
       coalesce(settings ->> 'parent', '') <> '' as child, proposal_count, vote_count, follower_count,
       jsonb_path_query_array(settings, '$.categories[*]') as categories,
       jsonb_path_query_array(settings, '$.network')
         || jsonb_path_query_array(settings, '$.strategies[*].network')
         || jsonb_path_query_array(settings, '$.strategies[*].params.strategies[*].network') as networks,
       jsonb_path_query_array(settings, '$.strategies[*].name') as strategies,
       jsonb_path_query_array(settings, '$.plugins.keyvalue().key') as plugins,
       settings #>> '{validation,name}' as validation, settings ->> 'skin' as skin
     from spaces where deleted_at is null`,
  )
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    isPrivate: row.private,
    verified: row.verified,
    turbo: row.turbo,
    flagged: row.flagged,
    isChild: row.child,
    proposalCount: row.proposal_count,
    voteCount: row.vote_count,
    followerCount: row.follower_count,
    categories: texts(row.categories),
    networks: texts(row.networks),
    strategies: texts(row.strategies),
    plugins: texts(row.plugins),
    validation: row.validation,
    skin: row.skin,
  }))
}

function texts(list: readonly unknown[]): string[] {
  return [...new Set(list.filter((item) => typeof item === 'string'))]
}
