import type { Database } from '../client'

/** Takes a worker that stopped in good order off the list. */
export async function forgetWorker(db: Database, workerId: string): Promise<void> {
  await db.pool.query(`delete from installation where key = 'worker:' || $1`, [workerId])
}
