import { runMigrations } from 'graphile-worker'
import type { Database } from '../db/client'
import type { Logger } from '../platform/logger'
import { createJobLogger } from './job-logger'

/** Brings graphile-worker's own schema up to date. Safe to run by several processes at once. */
export async function migrateJobs(ctx: { readonly db: Database; readonly log: Logger }): Promise<void> {
  await runMigrations({ pgPool: ctx.db.pool, logger: createJobLogger(ctx.log) })
}
