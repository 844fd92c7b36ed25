import type { Database } from '../client'

/** The newest state of the log that a witness co-signed. */
export interface NewestCosigned {
  /** The witness's verifier key. */
  readonly witness: string
  readonly size: number
  readonly cosignedAt: Date
}

/** Of each of these verifier keys that ever co-signed, the largest size that it did. */
export async function listNewestCosigned(
  db: Database,
  witnesses: readonly string[],
): Promise<NewestCosigned[]> {
  const { rows } = await db.query<{ witness: string; size: string; cosignedAt: Date }>(
    `select newest.* from unnest($1::text[]) as named(key), lateral (
       select witness, size, cosigned_at as "cosignedAt" from cosignatures
       where witness = named.key order by size desc limit 1
     ) as newest`,
    [witnesses],
  )
  return rows.map((row) => ({ ...row, size: Number(row.size) }))
}
