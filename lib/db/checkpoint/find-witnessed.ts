import type { Database } from '../client'

/** How many of the newest co-signatures are looked at: who has long been silent does not hold the others back. */
const RECENT = 256

/** A checkpoint that witnesses co-signed, as the log signed it, and how many of them did. */
export interface Witnessed {
  readonly size: number
  readonly note: string
  readonly cosignatures: number
}

/**
 * The newest of the log's checkpoints that more than half of these witnesses (verifier keys) co-signed lately; if there
 * is none, the newest of those that most did. `origin`: the log's name; what it signed under another is not it.
 */
export async function findWitnessed(
  db: Database,
  witnesses: readonly string[],
  origin: string,
): Promise<Witnessed | undefined> {
  const { rows } = await db.query<{ size: string; note: string; cosignatures: number }>(
    `with recent as (
       select size, note from cosignatures join checkpoints using (size)
       where witness = any($1::text[]) and starts_with(note, $2) order by size desc limit ${RECENT}
     ),
     counted as (select size, note, count(*)::int as cosignatures from recent group by size, note)
     select size, note, cosignatures from counted
     order by least(cosignatures, $3) desc, size desc limit 1`,
    [witnesses, `${origin}\n`, Math.floor(witnesses.length / 2) + 1],
  )
  return rows[0] && { ...rows[0], size: Number(rows[0].size) }
}
