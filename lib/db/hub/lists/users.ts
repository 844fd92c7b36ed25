import type { HubList } from '../hub-list'

export interface HubUser {
  readonly address: string
  /** The message that holds the profile. */
  readonly messageId: string
  readonly profile: Readonly<Record<string, unknown>>
  /** Unix seconds. */
  readonly created: number
}

/** Who has a profile. */
export const users: HubList<HubUser> = {
  from: 'profiles u',
  visible: 'true',
  columns: 'u.address, u.id, u.profile, u.created',
  fields: {
    id: { sql: 'u.address', type: 'address' },
    ipfs: { sql: 'u.id', type: 'content' },
    created: { sql: 'u.created', type: 'integer' },
  },
  order: 'created',
  orders: {
    created: {
      keys: [
        { sql: 'u.created', type: 'bigint', runs: 'with' },
        { sql: 'u.address', type: 'text', runs: 'with' },
      ],
    },
  },
  toRow: ({ address, id, profile, created }) => ({
    address,
    messageId: id,
    profile,
    created: Number(created),
  }),
}
