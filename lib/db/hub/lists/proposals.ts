import type { HexString } from '../../../core/views/hex-string'
import { likePattern } from '../../like-pattern'
import type { HubKey, HubList, HubOrder } from '../hub-list'
import { storable } from '../storable'

/** A proposal without its body, with its result where it has one. */
export interface HubProposal {
  readonly id: HexString
  /** The message that holds its present text. */
  readonly definedBy: HexString
  readonly logIndex: number
  readonly spaceId: string
  readonly author: HexString
  readonly title: string
  readonly discussion: string
  readonly type: string
  readonly choices: readonly string[]
  readonly labels: readonly string[]
  readonly app: string
  readonly privacy: string
  /** Unix seconds, like all times here but dates. */
  readonly timestamp: number
  readonly updated: number | null
  readonly start: number
  readonly end: number
  readonly network: string
  readonly snapshot: number
  readonly symbol: string
  readonly voteValidation: unknown
  readonly quorum: number
  readonly quorumType: string
  readonly strategies: unknown
  readonly rule: unknown
  readonly plugins: unknown
  readonly executionHash: string | null
  readonly acceptedAt: Date
  readonly voteCount: number
  readonly pendingCount: number
  readonly flagCode: number
  readonly origin: unknown
  readonly result: {
    readonly scores: readonly string[]
    readonly scoresByStrategy: unknown
    readonly scoresTotal: string
    readonly outcome: unknown
    readonly finalizedAt: Date
  } | null
}

const updated = 'floor(extract(epoch from p.updated_at))::bigint'

/** By a number, and by id among equals, whichever way the number runs. */
function by(sql: string, type: HubKey['type'] = 'bigint'): HubOrder {
  return {
    keys: [
      { sql, type, runs: 'with' },
      { sql: 'p.id', type: 'text', runs: 'up' },
    ],
  }
}

const states = new Map<string, (now: string) => string>([
  ['pending', (now) => `p.start > ${now}::bigint`],
  ['active', (now) => `p.start <= ${now}::bigint and p."end" >= ${now}::bigint`],
  ['closed', (now) => `p."end" < ${now}::bigint`],
])

/** Proposals that were not withdrawn, of spaces that are there. Flagged ones too. */
export const proposals: HubList<HubProposal> = {
  from: 'proposals p join spaces s on s.id = p.space_id left join results r on r.proposal_id = p.id',
  visible: 'p.hidden_at is null and s.deleted_at is null',
  columns: `p.id, p.defined_by, p.log_index, p.space_id, p.author, p.title, p.discussion, p.type, p.choices, p.labels,
    p.app, p.privacy, p.timestamp, ${updated} as updated, p.start, p."end", p.network, p.snapshot, p.symbol,
    p.vote_validation, p.quorum, p.quorum_type, p.strategies, p.rule, p.plugins, p.execution_hash, p.created_at,
    p.vote_count, p.pending_count, p.flag_code, p.origin, r.scores, r.scores_by_strategy, r.scores_total, r.outcome,
    r.finalized_at`,
  fields: {
    id: { sql: 'p.id', type: 'hash' },
    ipfs: { sql: 'p.defined_by', type: 'content' },
    space: { sql: 'p.space_id', type: 'space' },
    author: { sql: 'p.author', type: 'address' },
    network: { sql: 'p.network', type: 'text' },
    type: { sql: 'p.type', type: 'text' },
    app: { sql: 'p.app', type: 'text' },
    created: { sql: 'p.timestamp', type: 'integer' },
    updated: { sql: updated, type: 'integer' },
    start: { sql: 'p.start', type: 'integer' },
    end: { sql: 'p."end"', type: 'integer' },
    scores_state: { sql: `case when r.proposal_id is null then 'pending' else 'final' end`, type: 'text' },
    votes: { sql: 'p.vote_count', type: 'integer' },
    // What a vote is worth in money nobody here knows.
    scores_total_value: { sql: '0::float8', type: 'number' },
  },
  conditions: {
    state: (value, bind, now) => states.get(String(value))?.(bind(now)),
    title_contains: (value, bind) => (value ? `p.title ilike ${bind(like(value))}` : undefined),
    // As Snapshot writes it: what we call `id` is its `name`.
    strategies_contains: (value, bind) =>
      value ? `replace(p.strategies::text, '"id": ', '"name": ') like ${bind(like(value))}` : undefined,
    plugins_contains: (value, bind) => (value ? `p.plugins::text like ${bind(like(value))}` : undefined),
    validation: (value, bind) =>
      value ? `p.vote_validation ->> 'name' = ${bind(storable(value))}` : undefined,
    space_verified: (value) => (value ? 's.verified' : undefined),
    flagged: (value) => (typeof value === 'boolean' ? `p.flag_code ${value ? '>' : '='} 0` : undefined),
    labels_in: (value, bind) =>
      Array.isArray(value) && value.length > 0
        ? `p.labels @> ${bind(value.map(storable))}::text[]`
        : undefined,
  },
  order: 'created',
  orders: {
    created: by('p.timestamp'),
    updated: by(`coalesce(${updated}, 0)`),
    start: by('p.start'),
    end: by('p."end"'),
    votes: by('p.vote_count'),
    scores_total_value: by('0::numeric', 'numeric'),
  },
  toRow: (row) => ({
    id: row.id,
    definedBy: row.defined_by,
    logIndex: Number(row.log_index),
    spaceId: row.space_id,
    author: row.author,
    title: row.title,
    discussion: row.discussion,
    type: row.type,
    choices: row.choices,
    labels: row.labels,
    app: row.app,
    privacy: row.privacy,
    timestamp: Number(row.timestamp),
    updated: row.updated === null ? null : Number(row.updated),
    start: Number(row.start),
    end: Number(row.end),
    network: row.network,
    snapshot: Number(row.snapshot),
    symbol: row.symbol,
    voteValidation: row.vote_validation,
    quorum: row.quorum,
    quorumType: row.quorum_type,
    strategies: row.strategies,
    rule: row.rule,
    plugins: row.plugins,
    executionHash: row.execution_hash,
    acceptedAt: row.created_at,
    voteCount: row.vote_count,
    pendingCount: row.pending_count,
    flagCode: row.flag_code,
    origin: row.origin,
    result:
      row.scores === null
        ? null
        : {
            scores: row.scores,
            scoresByStrategy: row.scores_by_strategy,
            scoresTotal: row.scores_total,
            outcome: row.outcome,
            finalizedAt: row.finalized_at,
          },
  }),
}

function like(value: unknown): string {
  return likePattern(storable(value))
}
