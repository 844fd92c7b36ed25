import type { HubList } from '../hub-list'

export interface HubStatement {
  readonly id: string
  readonly delegate: string
  readonly spaceId: string
  readonly network: string
  readonly about: string
  readonly statement: string
  readonly discourse: string
  readonly status: string
  /** Unix seconds. */
  readonly created: number
  readonly updated: number
}

/** What delegates say. */
export const statements: HubList<HubStatement> = {
  from: 'statements t',
  visible: 'not exists (select from spaces s where s.id = t.space_id and s.deleted_at is not null)',
  columns: `t.id, t.delegate, t.space_id, t.network, t.about, t.statement, t.discourse, t.status, t.created, t.updated`,
  fields: {
    id: { sql: 't.id', type: 'hash' },
    ipfs: { sql: 't.id', type: 'content' },
    space: { sql: 't.space_id', type: 'space' },
    network: { sql: 't.network', type: 'text' },
    delegate: { sql: 't.delegate', type: 'address' },
    created: { sql: 't.created', type: 'integer' },
    // All were signed here; none was taken from a forum.
    source: { sql: 'null::text', type: 'text' },
  },
  order: 'created',
  orders: {
    created: {
      keys: [
        { sql: 't.created', type: 'bigint', runs: 'with' },
        { sql: 't.id', type: 'text', runs: 'with' },
      ],
    },
  },
  toRow: ({ space_id, created, updated, ...row }) => ({
    id: row.id,
    delegate: row.delegate,
    spaceId: space_id,
    network: row.network,
    about: row.about,
    statement: row.statement,
    discourse: row.discourse,
    status: row.status,
    created: Number(created),
    updated: Number(updated),
  }),
}
