import type { Database } from '../client'

/**
 * Why somebody cannot link a key now, in Snapshot's words where it has some. A key stays its principal's when its time
 * is over: else whoever it signed for once could have it sign for somebody else. What was signed at `signedAt` (unix
 * seconds) and held back undoes nothing that was signed since.
 */
export async function findLinkObstacle(
  db: Pick<Database, 'query'>,
  link: { readonly author: string; readonly alias: string; readonly signedAt: number },
): Promise<string | undefined> {
  const { rows } = await db.query<{ address: string; created: string; revoked_at: string | null }>(
    'select address, created, revoked_at from aliases where alias = $1',
    [link.alias],
  )
  if (rows.some(({ address, revoked_at }) => address !== link.author && revoked_at === null)) {
    return 'alias is already linked to another address'
  }
  const known = rows.find(({ address }) => address === link.author)
  if (!known) return undefined
  if (known.revoked_at !== null && link.signedAt <= Number(known.revoked_at)) {
    return 'alias already revoked at later time'
  }
  return link.signedAt < Number(known.created) ? 'alias already linked at later time' : undefined
}
