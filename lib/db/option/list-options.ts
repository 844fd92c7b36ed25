import type { Database } from '../client'

/** What the operator set. */
export async function listOptions(db: Database) {
  return db.prisma.option.findMany({ orderBy: { name: 'asc' } })
}
