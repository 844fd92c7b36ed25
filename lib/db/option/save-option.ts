import type { Database } from '../client'

/** Null takes it back. */
export async function saveOption(db: Database, name: string, value: string | null): Promise<void> {
  if (value === null) await db.query('delete from options where name = $1', [name])
  else
    await db.query(
      'insert into options (name, value) values ($1, $2) on conflict (name) do update set value = excluded.value',
      [name, value],
    )
}
