import { type HubReader, queryPublic } from './query-public'

/** In which spaces somebody (EIP-55) may do what. */
export interface HubRole {
  readonly space: string
  readonly permissions: readonly ('admin' | 'moderator' | 'author')[]
}

export async function listRoles(reader: HubReader, address: string): Promise<HubRole[]> {
  const rows = await queryPublic(
    reader,
    `select id, coalesce(settings -> 'admins' ? $1, false) as admin,
       coalesce(settings -> 'moderators' ? $1, false) as moderator, coalesce(settings -> 'members' ? $1, false) as author
     from spaces
     where deleted_at is null
       and (settings -> 'admins' ? $1 or settings -> 'moderators' ? $1 or settings -> 'members' ? $1)
     order by id`,
    [address],
  )
  return rows.map((row) => ({
    space: row.id,
    permissions: (['admin', 'moderator', 'author'] as const).filter((role) => row[role]),
  }))
}
