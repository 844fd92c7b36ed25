import type { Database } from '../client'

/** The lines of those who co-signed the log's checkpoint at a size, each with its newline, ordered by witness. */
export async function listCosignatures(db: Database, size: number): Promise<string[]> {
  const rows = await db.prisma.cosignature.findMany({
    where: { size: BigInt(size) },
    orderBy: { witness: 'asc' },
    select: { line: true },
  })
  return rows.map(({ line }) => line)
}
