import type { Database } from '../client'

/** A stored batch by its hash. `calls` is its JSON form. */
export async function findExecution(db: Database, hash: string) {
  return (await db.prisma.execution.findUnique({ where: { hash } })) ?? undefined
}
