import { setTimeout as sleep } from 'node:timers/promises'
import { AppError } from '../core/errors'
import { applyMigrations } from '../db/migrate'
import { translateError } from '../db/translate-error'
import { migrateJobs } from '../jobs/migrate-jobs'
import type { Context } from '../services/context'

/** A database that starts beside us needs some seconds; one that is not there after this long is a mistake. */
const patienceMs = 30_000

/** Brings the schema up to date, once however many processes start. Throws `misconfigured` naming DATABASE_URL. */
export async function prepareDatabase(ctx: Context): Promise<void> {
  const deadline = Date.now() + patienceMs
  for (;;) {
    try {
      const applied = await applyMigrations(ctx.env.databaseUrl)
      if (applied.length > 0) ctx.log.info({ event: 'database.migrated', applied })
      await migrateJobs(ctx)
      return
    } catch (thrown) {
      const error = translateError(thrown)
      if (!(error instanceof AppError) || error.code !== 'database_unavailable') throw error
      if (Date.now() > deadline) {
        const { host } = new URL(ctx.env.databaseUrl)
        throw new AppError('misconfigured', { message: `DATABASE_URL: no database answers at ${host}` })
      }
      ctx.log.warn({ event: 'database.awaited' })
      await sleep(1_000)
    }
  }
}
