import type { HubList } from '../hub-list'

export interface HubSubscription {
  readonly id: string
  readonly address: string
  readonly spaceId: string
  /** Unix seconds. */
  readonly created: number
}

/** Who is told about which of the spaces that are there. */
export const subscriptions: HubList<HubSubscription> = {
  from: 'subscriptions b join spaces s on s.id = b.space_id',
  visible: 's.deleted_at is null',
  columns: 'b.id, b.address, b.space_id, b.created',
  fields: {
    id: { sql: 'b.id', type: 'hash' },
    ipfs: { sql: 'b.id', type: 'content' },
    address: { sql: 'b.address', type: 'address' },
    space: { sql: 'b.space_id', type: 'space' },
    created: { sql: 'b.created', type: 'integer' },
  },
  order: 'created',
  orders: {
    created: {
      keys: [
        { sql: 'b.created', type: 'bigint', runs: 'with' },
        { sql: 'b.id', type: 'text', runs: 'with' },
      ],
    },
  },
  toRow: ({ id, address, space_id, created }) => ({
    id,
    address,
    spaceId: space_id,
    created: Number(created),
  }),
}
