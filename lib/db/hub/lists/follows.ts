import type { HubList } from '../hub-list'

export interface HubFollow {
  readonly id: string
  readonly follower: string
  readonly spaceId: string
  readonly network: string
  /** Unix seconds. */
  readonly created: number
}

/** Who follows which of the spaces that are there. */
export const follows: HubList<HubFollow> = {
  from: 'follows f join spaces s on s.id = f.space_id',
  visible: 's.deleted_at is null',
  columns: 'f.id, f.follower, f.space_id, f.network, f.created',
  fields: {
    id: { sql: 'f.id', type: 'hash' },
    ipfs: { sql: 'f.id', type: 'content' },
    follower: { sql: 'f.follower', type: 'address' },
    space: { sql: 'f.space_id', type: 'space' },
    network: { sql: 'f.network', type: 'text' },
    created: { sql: 'f.created', type: 'integer' },
  },
  order: 'created',
  orders: {
    created: {
      keys: [
        { sql: 'f.created', type: 'bigint', runs: 'with' },
        { sql: 'f.id', type: 'text', runs: 'with' },
      ],
    },
  },
  toRow: ({ id, follower, space_id, network, created }) => ({
    id,
    follower,
    spaceId: space_id,
    network,
    created: Number(created),
  }),
}
