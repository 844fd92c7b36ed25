import type { Database } from '../client'

/** Bundles of which the last audit found something wrong. */
export function countFailedVerifications(db: Database): Promise<number> {
  return db.prisma.verification.count({ where: { ok: false } })
}
