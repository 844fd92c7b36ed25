import type { Database } from '../client'

/** How many of the newest co-signatures are looked at: who has long been silent does not hold the others back. */
const RECENT = 256

/** A checkpoint that witnesses co-signed, as the log signed it, and how many of them did. */
export interface Witnessed {
  readonly size: number
  readonly note: string
  readonly cosignatures: number
}

/** The newest of the checkpoints that most of these witnesses (verifier keys) co-signed lately. */
export async function findWitnessed(
  db: Database,
  witnesses: readonly string[],
): Promise<Witnessed | undefined> {
  const { rows } = await db.query<{ size: string; note: string; cosignatures: number }>(
    `with recent as (
       select size from cosignatures where witness = any($1::text[]) order by size desc limit ${RECENT}
     )
     select size, note, count(*)::int as cosignatures from recent join checkpoints using (size)
     group by size, note order by cosignatures desc, size desc limit 1`,
    [witnesses],
  )
  return rows[0] && { ...rows[0], size: Number(rows[0].size) }
}
