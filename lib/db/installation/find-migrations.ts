import type { Database } from '../client'

/** Postgres's version and how many of our migrations it has; 0 for a database that is not ours yet. */
export async function findMigrations(db: Database): Promise<{ server: string; applied: number }> {
  const { rows } = await db.pool.query<{ server: string; ours: boolean }>(
    `select current_setting('server_version') as server, to_regclass('_prisma_migrations') is not null as ours`,
  )
  const [found] = rows
  if (!found?.ours) return { server: found?.server ?? 'unknown', applied: 0 }
  const count = await db.pool.query<{ applied: number }>(
    'select count(*)::int as applied from _prisma_migrations where finished_at is not null',
  )
  return { server: found.server, applied: count.rows[0]?.applied ?? 0 }
}
