import { deleteStaleExecutions } from '../../db/execution/delete-stale-executions'
import type { Context } from '../context'

const hourMs = 3_600_000

/** Forgets batches that no proposal has named within an hour. */
export async function dropStaleExecutions(ctx: Context): Promise<void> {
  const dropped = await deleteStaleExecutions(ctx.db, new Date(ctx.clock.now() - hourMs))
  if (dropped > 0) ctx.log.info({ event: 'executions.dropped', count: dropped })
}
