import type { HubList } from '../hub-list'

export interface HubAlias {
  readonly id: string
  readonly address: string
  readonly alias: string
  /** Unix seconds. */
  readonly created: number
}

/** Keys that sign for others. */
export const aliases: HubList<HubAlias> = {
  from: 'aliases a',
  visible: 'a.revoked_at is null',
  columns: 'a.id, a.address, a.alias, a.created',
  fields: {
    id: { sql: 'a.id', type: 'hash' },
    ipfs: { sql: 'a.id', type: 'content' },
    address: { sql: 'a.address', type: 'address' },
    alias: { sql: 'a.alias', type: 'address' },
    created: { sql: 'a.created', type: 'integer' },
  },
  order: 'created',
  orders: {
    created: {
      keys: [
        { sql: 'a.created', type: 'bigint', runs: 'with' },
        { sql: 'a.id', type: 'text', runs: 'with' },
      ],
    },
  },
  toRow: ({ id, address, alias, created }) => ({ id, address, alias, created: Number(created) }),
}
