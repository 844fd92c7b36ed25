import type { Database } from '../client'

/** How far a space was copied. */
export interface ImportRow {
  readonly spaceId: string
  readonly hub: string
  readonly cursors: unknown
  readonly startedAt: Date
}

export async function findImport(db: Database, spaceId: string): Promise<ImportRow | undefined> {
  return (await db.prisma.import.findUnique({ where: { spaceId } })) ?? undefined
}
