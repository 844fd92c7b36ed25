import type { HexString } from '../../../core/views/hex-string'
import type { HubList } from '../hub-list'

/** A voter's current ballot. */
export interface HubVote {
  readonly id: HexString
  readonly logIndex: number
  readonly proposalId: HexString
  readonly spaceId: string
  readonly voter: HexString
  readonly choice: unknown
  readonly reason: string
  readonly app: string
  readonly metadata: unknown
  /** Unix seconds, as signed. */
  readonly timestamp: number
  readonly acceptedAt: Date
  /** 18 decimals; null while it cannot be read. */
  readonly power: string | null
  readonly powerByStrategy: readonly string[]
  readonly provisional: boolean
}

const byLog = { sql: 'v.log_index', type: 'bigint' } as const

/** Current ballots of proposals that can be seen. */
export const votes: HubList<HubVote> = {
  from: 'votes v',
  // `is true` keeps the planner from making joins of these, after which it thinks that nearly nothing is left, and sorts
  // a million rows for a page of them. Of the ballot they look at the proposal alone, which the indexes have.
  visible: `v.current
    and (not exists (select from proposals p where p.id = v.proposal_id and p.hidden_at is not null)) is true
    and (not exists (select from spaces s join proposals p on p.space_id = s.id
      where p.id = v.proposal_id and s.deleted_at is not null)) is true`,
  key: 'v.log_index',
  columns: `v.id, v.log_index, v.proposal_id, v.space_id, v.voter, v.choice, v.reason, v.app, v.metadata, v.timestamp,
    v.accepted_at, v.power, v.power_by_strategy::text[] as parts, v.provisional`,
  fields: {
    id: { sql: 'v.id', type: 'hash' },
    ipfs: { sql: 'v.id', type: 'content' },
    space: { sql: 'v.space_id', type: 'space' },
    voter: { sql: 'v.voter', type: 'address' },
    proposal: { sql: 'v.proposal_id', type: 'hash' },
    reason: { sql: 'v.reason', type: 'text' },
    app: { sql: 'v.app', type: 'text' },
    created: { sql: 'v.timestamp', type: 'integer' },
    vp: { sql: 'v.power', type: 'power' },
    vp_state: {
      sql: `case when v.power is null or v.provisional then 'pending' else 'final' end`,
      type: 'text',
    },
  },
  partitions: ['proposal', 'voter', 'space'],
  order: 'created',
  orders: {
    created: {
      keys: [
        { sql: 'v.timestamp', type: 'bigint', runs: 'with' },
        { ...byLog, runs: 'with' },
      ],
    },
    vp: {
      keys: [
        { sql: 'coalesce(v.power, 0)', type: 'numeric', runs: 'with' },
        { ...byLog, runs: 'against' },
      ],
      parts: [
        { where: 'v.power is not null', keys: ['v.power', 'v.log_index'] },
        { where: 'v.power is null', keys: ['0::numeric', 'v.log_index'] },
      ],
    },
  },
  toRow: (row) => ({
    id: row.id,
    logIndex: Number(row.log_index),
    proposalId: row.proposal_id,
    spaceId: row.space_id,
    voter: row.voter,
    choice: row.choice,
    reason: row.reason,
    app: row.app,
    metadata: row.metadata,
    timestamp: Number(row.timestamp),
    acceptedAt: row.accepted_at,
    power: row.power,
    powerByStrategy: row.parts,
    provisional: row.provisional,
  }),
}
