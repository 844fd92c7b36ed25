import type { Database } from '../client'

/** The profiles of those accounts that have one. */
export function listProfiles(db: Database, addresses: readonly string[]) {
  return db.prisma.profile.findMany({ where: { address: { in: [...addresses] } } })
}
