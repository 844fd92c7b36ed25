import type { Database } from '../client'

/** The texts that were published under these hashes, by hash. */
export async function findReasons(db: Database, hashes: readonly string[]): Promise<Map<string, string>> {
  if (hashes.length === 0) return new Map()
  const { rows } = await db.query<{ hash: string; text: string }>(
    'select hash, text from reasons where hash = any($1::text[])',
    [hashes],
  )
  return new Map(rows.map(({ hash, text }) => [hash, text]))
}
