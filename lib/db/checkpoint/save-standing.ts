import type { Database } from '../client'
import { standingKey, type WitnessStanding } from './witness-standing'

/**
 * Keeps how it goes with a witness. Answers whether its state is another than before: to one caller alone, however many
 * come with the same news. Without a change `since` stays.
 */
export async function saveStanding(
  db: Database,
  witness: string,
  standing: Omit<WitnessStanding, 'since'>,
): Promise<boolean> {
  const row = [standingKey(witness), JSON.stringify({ ...standing, since: standing.askedAt })]
  const { rowCount } = await db.query(
    `insert into installation as kept (key, value) values ($1, $2) on conflict (key) do update set value = $2
     where kept.value::jsonb -> 'state' <> $2::jsonb -> 'state'`,
    row,
  )
  if (rowCount === 1) return true
  await db.query(
    `update installation set value = ($2::jsonb || jsonb_build_object('since', value::jsonb -> 'since'))::text
     where key = $1`,
    row,
  )
  return false
}
