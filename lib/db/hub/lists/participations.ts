import type { HubKey, HubList } from '../hub-list'

export interface HubParticipation {
  readonly spaceId: string
  readonly address: string
  readonly proposalCount: number
  readonly voteCount: number
  /** Unix seconds; null: none. */
  readonly lastVote: number | null
}

const keys = {
  vote_count: { sql: 'p.vote_count', type: 'bigint' },
  proposal_count: { sql: 'p.proposal_count', type: 'bigint' },
  last_vote: { sql: 'coalesce(p.last_vote, 0)', type: 'bigint' },
  vp_value: { sql: '0::numeric', type: 'numeric' },
  space: { sql: 'p.space_id', type: 'text' },
  user: { sql: 'p.address', type: 'text' },
} as const satisfies Record<string, Omit<HubKey, 'runs'>>

/** The space and the user make a row's place its own. */
const rest: readonly HubKey[] = [
  { ...keys.space, runs: 'up' },
  { ...keys.user, runs: 'up' },
]

/** How much somebody did in which of the spaces that are there. */
export const participations: HubList<HubParticipation> = {
  from: 'participations p join spaces s on s.id = p.space_id',
  visible: 's.deleted_at is null',
  columns: 'p.space_id, p.address, p.proposal_count, p.vote_count, p.last_vote',
  fields: {
    space: { sql: 'p.space_id', type: 'space' },
    user: { sql: 'p.address', type: 'address' },
    proposal_count: { sql: 'p.proposal_count', type: 'integer' },
    vote_count: { sql: 'p.vote_count', type: 'integer' },
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
