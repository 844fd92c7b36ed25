import type { SpaceSettings } from '../../../core/messages/settings'
import type { HexString } from '../../../core/views/hex-string'
import { likePattern } from '../../like-pattern'
import type { HubList } from '../hub-list'
import { storable } from '../storable'

export interface HubSpace {
  readonly id: string
  readonly name: string
  /** They passed their schema, or are another hub's. */
  readonly settings: Partial<SpaceSettings>
  readonly controller: HexString
  readonly domain: string | null
  readonly proposalCount: number
  readonly voteCount: number
  readonly followerCount: number
  /** Unix seconds. */
  readonly created: number
  readonly verified: boolean
  readonly turbo: boolean
  readonly hibernated: boolean
  readonly flagCode: number
  readonly nameProblem: string | null
  readonly origin: unknown
}

const created = 'floor(extract(epoch from s.created_at))::bigint'
const byId = { sql: 's.id', type: 'text' } as const

/** Spaces that were not deleted. */
export const spaces: HubList<HubSpace> = {
  from: 'spaces s',
  visible: 's.deleted_at is null',
  columns: `s.id, s.name, s.settings, s.controller, s.domain, s.proposal_count, s.vote_count, s.follower_count,
    ${created} as created, s.verified, s.turbo, s.hibernated, s.flag_code, s.name_problem, s.origin`,
  fields: {
    id: { sql: 's.id', type: 'space' },
    created: { sql: created, type: 'integer' },
    verified: { sql: 's.verified', type: 'boolean' },
    turbo: { sql: 's.turbo', type: 'boolean' },
  },
  conditions: {
    strategy: (value, bind) =>
      value
        ? `s.settings -> 'strategies' @> jsonb_build_array(jsonb_build_object('name', ${bind(storable(value))}::text))`
        : undefined,
    plugin: (value, bind) => (value ? `s.settings -> 'plugins' ? ${bind(storable(value))}` : undefined),
    domain: (value, bind) =>
      value ? `s.domain = ${bind(storable(value).replace(/^https?:\/\/|\/$/g, ''))}` : undefined,
    search: (value, bind) => {
      if (!value) return undefined
      const pattern = bind(likePattern(storable(value)))
      return `(s.id ilike ${pattern} or s.name ilike ${pattern})`
    },
    controller: (value, bind) =>
      value ? `lower(s.controller) = ${bind(storable(value).toLowerCase())}` : 'false',
  },
  order: 'created',
  orders: {
    created: {
      keys: [
        { sql: created, type: 'bigint', runs: 'with' },
        { ...byId, runs: 'with' },
      ],
    },
    updated: {
      keys: [
        { sql: 'floor(extract(epoch from s.updated_at))::bigint', type: 'bigint', runs: 'with' },
        { ...byId, runs: 'with' },
      ],
    },
    id: { keys: [{ ...byId, runs: 'with' }] },
  },
  toRow: (row) => ({
    id: row.id,
    name: row.name,
    settings: row.settings,
    controller: row.controller,
    domain: row.domain,
    proposalCount: row.proposal_count,
    voteCount: row.vote_count,
    followerCount: row.follower_count,
    created: Number(row.created),
    verified: row.verified,
    turbo: row.turbo,
    hibernated: row.hibernated,
    flagCode: row.flag_code,
    nameProblem: row.name_problem,
    origin: row.origin,
  }),
}
