import type { HubUser } from '../../db/hub/lists/users'

const fields = ['name', 'about', 'avatar', 'cover', 'github', 'twitter', 'lens', 'farcaster'] as const

/** Somebody with what he says of himself, or without. */
export function viewUser(address: string, row?: HubUser) {
  return {
    id: address,
    messageId: row?.messageId ?? null,
    created: row?.created ?? null,
    ...Object.fromEntries(fields.map((field) => [field, row?.profile[field] ?? null])),
  }
}

export type UserNode = ReturnType<typeof viewUser>
