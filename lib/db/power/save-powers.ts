import type { Database } from '../client'

/** Keeps one source's answers for ever. An answer that is there already stays. */
export async function savePowers(
  db: Database,
  source: string,
  powers: ReadonlyMap<string, bigint>,
): Promise<void> {
  await db.query(
    `insert into power_answers (source, voter, power)
     select $1, voter, power from unnest($2::text[], $3::numeric[]) as answer(voter, power) on conflict do nothing`,
    [source, [...powers.keys()], [...powers.values()].map(String)],
  )
}
