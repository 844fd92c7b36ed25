import type { HubKey, HubList } from '../hub-list'

export interface HubLeader {
  readonly spaceId: string
  readonly address: string
  readonly proposalCount: number
  readonly voteCount: number
  /** Unix seconds; null: none. */
  readonly lastVote: number | null
}

const keys = {
  vote_count: { sql: 'l.vote_count', type: 'bigint' },
  proposal_count: { sql: 'l.proposal_count', type: 'bigint' },
  last_vote: { sql: 'coalesce(l.last_vote, 0)', type: 'bigint' },
  vp_value: { sql: '0::numeric', type: 'numeric' },
  space: { sql: 'l.space_id', type: 'text' },
  user: { sql: 'l.address', type: 'text' },
} as const satisfies Record<string, Omit<HubKey, 'runs'>>

/** The space and the user make a row's place its own. */
const rest: readonly HubKey[] = [
  { ...keys.space, runs: 'up' },
  { ...keys.user, runs: 'up' },
]

/** How much somebody did in which of the spaces that are there. */
export const leaderboards: HubList<HubLeader> = {
  from: 'participations l join spaces s on s.id = l.space_id',
  visible: 's.deleted_at is null',
  columns: 'l.space_id, l.address, l.proposal_count, l.vote_count, l.last_vote',
  fields: {
    space: { sql: 'l.space_id', type: 'space' },
    user: { sql: 'l.address', type: 'address' },
    proposal_count: { sql: 'l.proposal_count', type: 'integer' },
    vote_count: { sql: 'l.vote_count', type: 'integer' },
  },
  order: 'vote_count',
  orders: Object.fromEntries(
    Object.entries(keys).map(([name, key]) => [
      name,
      { keys: [{ ...key, runs: 'with' }, ...rest.filter(({ sql }) => sql !== key.sql)] },
    ]),
  ),
  toRow: (row) => ({
    spaceId: row.space_id,
    address: row.address,
    proposalCount: row.proposal_count,
    voteCount: row.vote_count,
    lastVote: row.last_vote === null ? null : Number(row.last_vote),
  }),
}
